// The roster: a shift is dragged to another day or member; what was sent is followed by the page reading itself again.
import { Controller } from "../../vendor/stimulus/stimulus.js"

export default class extends Controller {
  static targets = ["cell"]

  connect() {
    this.on = (name, does) => this.element.addEventListener(name, does)
    this.on("dragstart", (event) => this.lift(event))
    this.on("dragover", (event) => this.over(event))
    this.on("drop", (event) => this.drop(event))
    this.on("dragend", () => this.settle())
  }

  lift(event) {
    this.shift = event.target.closest?.("[data-shift]")
    if (!this.shift) return
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", this.shift.textContent)
    this.shift.dataset.lifted = ""
  }

  over(event) {
    const cell = this.cell(event)
    for (const other of this.cellTargets) if (other !== cell) delete other.dataset.over
    if (!cell) return
    event.preventDefault()
    cell.dataset.over = ""
  }

  drop(event) {
    const cell = this.cell(event), { shift } = this
    if (!cell) return
    event.preventDefault()
    this.settle()
    if (cell.contains(shift)) return
    htmx.ajax("POST", `/roster/shifts/${shift.dataset.shift}/place`, {
      source: this.element, target: "#toasts", swap: "beforeend",
      values: { member: cell.dataset.member, day: cell.dataset.day },
    })
  }

  cell(event) { return this.shift && event.target.closest?.("[data-roster-target=cell]") }

  settle() {
    if (this.shift) delete this.shift.dataset.lifted
    this.shift = null
    for (const cell of this.cellTargets) delete cell.dataset.over
  }

  settled({ detail }) { if (detail.ctx?.request?.method?.toUpperCase() === "POST") htmx.trigger(this.element, "refresh") }

  choose({ target }) { target.form.requestSubmit() }
}
