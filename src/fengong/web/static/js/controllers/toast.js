// A toast leaves by itself; longer when it offers to undo, never while somebody is on it. The newest takes the place of
// those before it; in front of an open dialog it stands inside that, for everything outside is out of reach.
import { Controller } from "../../vendor/stimulus/stimulus.js"

export default class extends Controller {
  connect() {
    const dialog = document.querySelector("dialog[open]")
    if (dialog && !dialog.contains(this.element)) return this.inside(dialog)
    for (const other of this.element.parentElement.querySelectorAll(".toast")) if (other !== this.element && !this.keeps(other)) other.remove()
    this.wait(this.element.querySelector("[data-key=z]") ? 9000 : this.element.matches(".refused") ? 8000 : 5000)
    this.element.addEventListener("pointerenter", () => clearTimeout(this.timer))
    this.element.addEventListener("focusin", () => clearTimeout(this.timer))
    this.element.addEventListener("pointerleave", () => this.wait(3000))
  }

  disconnect() { clearTimeout(this.timer) }

  inside(dialog) {
    const place = document.createElement("div")
    place.className = "toasts"
    place.setAttribute("role", "status")
    dialog.append(place)
    place.append(this.element)
    dialog.addEventListener("close", () => this.outside(place), { once: true })
  }

  // The dialog has closed: what it was told stays to be read, and its undo within reach.
  outside(place) {
    document.getElementById("toasts")?.append(...place.children)
    place.remove()
  }

  wait(time) { clearTimeout(this.timer); this.timer = setTimeout(() => this.element.remove(), time) }

  // A refusal does not push away the chance to undo what went before.
  keeps(other) { return this.element.matches(".refused") && other.querySelector("[data-key=z]") && !other.hidden }

  close() { queueMicrotask(() => { this.element.hidden = true; this.wait(2000) }) }
}
