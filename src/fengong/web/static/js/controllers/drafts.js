// What is typed is kept: after a pause on the server, for every device and through sign-out; at once in this browser,
// so that a crash or a broken line loses nothing. What the browser holds is forgotten when the server has it.
//
// What was sent does not come back. A draft says up to which fact its writer had heard (`heard`); one that arrives after
// its words were sent is refused with a newer number, and only what is still in the field goes again under that.
import { Controller } from "../../vendor/stimulus/stimulus.js"

const PAUSE = 700
const AGAIN = 5000

export default class extends Controller {
  static targets = ["field"]
  static values = { ticket: Number, kind: String, member: Number, at: Number, heard: Number, fresh: { type: Boolean, default: true } }

  initialize() { this.times = 0 }

  connect() {
    if (this.freshValue) this.restore()
    this.leaving = () => this.flush()
    this.away = () => { if (document.hidden) this.flush() }
    this.back = () => this.flush()
    this.parting = (event) => this.beforeSignOut(event)
    addEventListener("pagehide", this.leaving)
    addEventListener("online", this.back)
    addEventListener("submit", this.parting)
    document.addEventListener("visibilitychange", this.away)
  }

  disconnect() {
    this.flush()
    removeEventListener("pagehide", this.leaving)
    removeEventListener("online", this.back)
    removeEventListener("submit", this.parting)
    document.removeEventListener("visibilitychange", this.away)
  }

  restore() {
    const kept = this.local()
    if (this.atValue) this.dispatch("kept", { prefix: "drafts" })
    if (!kept || kept.at / 1000 <= this.atValue) return this.forget()
    for (const field of this.fieldTargets) if (kept.words[field.name] !== undefined) field.value = kept.words[field.name]
    this.dirty = true
    this.later(PAUSE)
  }

  typed() {
    this.dirty = true
    this.remember()
    this.dispatch("typed", { prefix: "drafts", detail: { kind: this.kindValue } })
    this.later(PAUSE)
  }

  later(time) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.flush(), time)
  }

  async flush() {
    clearTimeout(this.timer)
    if (!this.dirty || this.going) return
    this.dirty = false
    const words = this.words(), { times } = this
    let answer
    try {
      answer = await this.post(words)
      if (!answer.ok) throw new Error(answer.status)
      if (JSON.stringify(this.local()?.words) === JSON.stringify(words)) this.forget()
      if (times === this.times && !this.dirty) this.dispatch("kept", { prefix: "drafts" })
    } catch {
      if (times !== this.times) return
      this.dirty = true
      if (this.element.isConnected) this.later(answer?.status === 409 ? PAUSE : AGAIN)
    }
  }

  async post(words) {
    const answer = await fetch(`/tickets/${this.ticketValue}/drafts/${this.kindValue}`, {
      method: "POST", body: new URLSearchParams({ ...words, heard: this.heardValue }), keepalive: true, redirect: "error",
      headers: { "X-CSRFToken": this.token() },
    })
    if (answer.status === 409) this.heardValue = (await answer.json()).heard
    return answer
  }

  // Whoever signs out has a moment more: what they typed goes first, for afterwards nobody may write it down.
  async beforeSignOut(event) {
    if (!this.dirty || !event.target.matches('[action="/sign-out"]')) return
    event.preventDefault()
    await this.flush()
    event.target.submit()
  }

  // From here until its answer comes, the request has the words, even when the form has left the page by then.
  sending({ target, currentTarget, detail: { ctx } }) {
    if (target !== currentTarget) return
    clearTimeout(this.timer)
    this.going = this.words()
    const names = ["htmx:after:request", "htmx:finally:request"]
    const over = ({ detail }) => {
      if (detail.ctx !== ctx) return
      for (const name of names) document.removeEventListener(name, over)
      if ((ctx.response?.status ?? 500) < 400) this.sent()
      else this.refused()
    }
    for (const name of names) document.addEventListener(name, over)
  }

  refused() {
    this.going = null
    this.later(PAUSE)
  }

  // What was written on meanwhile stays. The page forgets that the field ever began with a draft: no older state of it
  // may be put back.
  sent() {
    const went = this.going
    this.going = null
    this.times += 1
    this.dirty = false
    this.forget()
    for (const field of this.fieldTargets) {
      const { value } = field, sent = went[field.name]
      field.defaultValue = ""
      field.value = value.startsWith(sent) ? value.slice(sent.length) : value
    }
    if (this.fieldTargets.some((field) => field.value)) this.typed()
    else this.dispatch("sent", { prefix: "drafts" })
  }

  words() { return Object.fromEntries(this.fieldTargets.map((field) => [field.name, field.value])) }
  key() { return `fengong.draft.${this.memberValue}.${this.ticketValue}.${this.kindValue}` }
  token() { return this.form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "" }
  get form() { return this.element.closest("form") ?? this.element }

  remember() { try { localStorage.setItem(this.key(), JSON.stringify({ at: Date.now(), words: this.words() })) } catch { /* full */ } }
  forget() { localStorage.removeItem(this.key()) }
  local() { try { return JSON.parse(localStorage.getItem(this.key())) } catch { return null } }
}
