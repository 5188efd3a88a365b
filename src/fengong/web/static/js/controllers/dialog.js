// A dialog that opens when something is put into it, and closes with Escape, the cross, or a press outside.
import { Controller } from "../../vendor/stimulus/stimulus.js"

export default class extends Controller {
  connect() {
    this.element.addEventListener("htmx:after:settle", ({ target }) => this.settled(target))
    this.element.addEventListener("pointerdown", (event) => { if (event.target === this.element) this.element.close() })
  }

  // What comes late into a part of a closed dialog, such as a list that was still being sought, does not open it again.
  settled(target) {
    if (this.element.open || target === this.element) this.open()
  }

  open() {
    if (!this.element.childElementCount) return
    if (!this.element.open) return this.element.showModal()
    const { activeElement } = document
    if (this.element.contains(activeElement) && activeElement !== this.element) return
    this.element.querySelector("[autofocus], .button.main")?.focus()
  }

  close() { this.element.close() }

  // What was refused stays open, so that nothing typed is lost; what only loads a part of the form is not the form's end.
  done({ target, currentTarget, detail }) {
    if (target === currentTarget && (detail.ctx?.response?.status ?? 500) < 400) this.close()
  }
}
