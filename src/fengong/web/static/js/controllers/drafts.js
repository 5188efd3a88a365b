// What is typed is kept: after a pause on the server, for every device and through sign-out; at once in this browser,
// so that a crash or a broken line loses nothing. What the browser holds is forgotten when the server has it.
import { Controller } from "../../vendor/stimulus/stimulus.js"

const PAUSE = 700
const AGAIN = 5000

export default class extends Controller {
  static targets = ["field"]
  static values = { ticket: Number, kind: String, member: Number, at: Number, fresh: { type: Boolean, default: true } }

  connect() {
    if (this.freshValue) this.restore()
    this.leaving = () => this.flush()
    this.away = () => { if (document.hidden) this.flush() }
    this.after = (event) => this.sent(event)
    this.parting = (event) => this.beforeSignOut(event)
    addEventListener("pagehide", this.leaving)
    addEventListener("submit", this.parting)
    document.addEventListener("visibilitychange", this.away)
    this.element.addEventListener("htmx:after:request", this.after)
  }

  disconnect() {
    this.flush()
    removeEventListener("pagehide", this.leaving)
    removeEventListener("submit", this.parting)
    document.removeEventListener("visibilitychange", this.away)
    this.element.removeEventListener("htmx:after:request", this.after)
  }

  restore() {
    const kept = this.local()
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
    if (!this.dirty || this.isSending) return
    this.dirty = false
    const words = this.words(), body = new URLSearchParams(words)
    try {
      const answer = await fetch(`/tickets/${this.ticketValue}/drafts/${this.kindValue}`, {
        method: "POST", body, keepalive: true, redirect: "error", headers: { "X-CSRFToken": this.token() },
      })
      if (!answer.ok) throw new Error(answer.status)
      if (JSON.stringify(this.local()?.words) === JSON.stringify(words)) this.forget()
      this.dispatch("kept", { prefix: "drafts" })
    } catch {
      this.dirty = true
      if (this.element.isConnected) this.later(AGAIN)
    }
  }

  // Whoever signs out has a moment more: what they typed goes first, for afterwards nobody may write it down.
  async beforeSignOut(event) {
    if (!this.dirty || !event.target.matches('[action="/sign-out"]')) return
    event.preventDefault()
    await this.flush()
    event.target.submit()
  }

  sending() {
    clearTimeout(this.timer)
    this.isSending = true
  }

  sent({ detail }) {
    const status = detail?.ctx?.response?.status ?? 500
    if (!this.isSending) return
    this.isSending = false
    if (status >= 400) return this.later(PAUSE)
    this.dirty = false
    this.forget()
    for (const field of this.fieldTargets) field.value = ""
    this.dispatch("sent", { prefix: "drafts" })
  }

  words() { return Object.fromEntries(this.fieldTargets.map((field) => [field.name, field.value])) }
  key() { return `fengong.draft.${this.memberValue}.${this.ticketValue}.${this.kindValue}` }
  token() { return this.form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "" }
  get form() { return this.element.closest("form") ?? this.element }

  remember() { try { localStorage.setItem(this.key(), JSON.stringify({ at: Date.now(), words: this.words() })) } catch { /* full */ } }
  forget() { localStorage.removeItem(this.key()) }
  local() { try { return JSON.parse(localStorage.getItem(this.key())) } catch { return null } }
}
