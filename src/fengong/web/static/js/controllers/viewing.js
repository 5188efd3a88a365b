// Says that this ticket is open here, and whether somebody writes on it; the others see it at once.
import { Controller } from "../../vendor/stimulus/stimulus.js"

const STILL_HERE = 20_000
const IDLE = 8000

export default class extends Controller {
  static values = { url: String }

  connect() {
    this.kind = ""
    this.leave = () => this.say({ leave: 1 })
    this.turn = () => (document.hidden ? this.leave() : this.here())
    addEventListener("pagehide", this.leave)
    document.addEventListener("visibilitychange", this.turn)
    this.timer = setInterval(() => { if (!document.hidden) this.here() }, STILL_HERE)
    this.here()
  }

  disconnect() {
    removeEventListener("pagehide", this.leave)
    document.removeEventListener("visibilitychange", this.turn)
    clearInterval(this.timer)
    clearTimeout(this.idle)
    const next = document.querySelector(`[data-viewing-url-value="${CSS.escape(this.urlValue)}"]`)
    if (!next || next === this.element) this.leave()
  }

  typing({ detail: { kind } }) {
    clearTimeout(this.idle)
    this.idle = setTimeout(() => this.rest(), IDLE)
    if (this.kind === kind) return
    this.kind = kind
    this.here()
  }

  rest() {
    clearTimeout(this.idle)
    if (!this.kind) return
    this.kind = ""
    this.here()
  }

  here() { this.say({ typing: this.kind }) }

  say(words) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? ""
    fetch(this.urlValue, {
      method: "POST", keepalive: true, redirect: "error", body: new URLSearchParams(words), headers: { "X-CSRFToken": token },
    }).catch(() => {})
  }
}
