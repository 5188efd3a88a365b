// A toast leaves by itself; longer when it offers to undo, never while somebody is on it.
import { Controller } from "../../vendor/stimulus/stimulus.js"

export default class extends Controller {
  connect() {
    this.wait(this.element.querySelector("[data-key=z]") ? 9000 : 5000)
    this.element.addEventListener("pointerenter", () => clearTimeout(this.timer))
    this.element.addEventListener("focusin", () => clearTimeout(this.timer))
    this.element.addEventListener("pointerleave", () => this.wait(3000))
  }

  disconnect() { clearTimeout(this.timer) }

  wait(time) { clearTimeout(this.timer); this.timer = setTimeout(() => this.element.remove(), time) }

  close() { queueMicrotask(() => { this.element.hidden = true; this.wait(2000) }) }
}
