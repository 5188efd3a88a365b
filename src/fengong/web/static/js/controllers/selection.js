// Several tickets at once: x marks the one in hand, shift-x up to it, * all that are shown; the bar of what can be
// done with them appears while any is marked. A list read anew keeps the marks.
import { Controller } from "../../vendor/stimulus/stimulus.js"

const typing = (element) => element.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open], [popover]")

export default class extends Controller {
  static targets = ["box", "bar", "count", "all", "ids"]

  initialize() { this.marked = new Set() }

  steer(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return
    if (event.key === "x") this.toggle(this.inHand())
    else if (event.key === "X") this.upTo(this.inHand())
    else if (event.key === "*") this.everything()
    else if (event.key === "Escape" && this.marked.size) this.clear()
    else return
    event.preventDefault()
  }

  mark({ currentTarget, target }) {
    const box = currentTarget ?? target
    if (this.range) { this.range = false; return this.upTo(box) }
    this.set(box, box.checked)
    this.last = box.value
    this.show()
  }

  press(event) { this.range = event.shiftKey }

  toggle(box) {
    if (!box) return
    this.set(box, !box.checked)
    this.last = box.value
    this.show()
  }

  upTo(box) {
    if (!box) return
    const boxes = this.boxTargets, end = boxes.indexOf(box)
    const start = Math.max(boxes.findIndex((other) => other.value === this.last), 0)
    for (const other of boxes.slice(Math.min(start, end), Math.max(start, end) + 1)) this.set(other, true)
    this.last = box.value
    this.show()
  }

  everything() {
    const all = this.boxTargets.every((box) => box.checked)
    for (const box of this.boxTargets) this.set(box, !all)
    this.show()
  }

  clear() {
    this.marked.clear()
    for (const box of this.boxTargets) box.checked = false
    this.show()
  }

  done({ detail }) {
    const { request, response } = detail.ctx ?? {}
    if (request?.action === "/tickets/bulk" && response?.status < 400) this.clear()
  }

  set(box, on) {
    box.checked = on
    if (on) this.marked.add(box.value)
    else this.marked.delete(box.value)
  }

  show() {
    const shown = new Set(this.boxTargets.map((box) => box.value))
    for (const value of this.marked) if (!shown.has(value)) this.marked.delete(value)
    this.element.toggleAttribute("data-selecting", this.marked.size > 0)
    for (const bar of this.barTargets) bar.hidden = !this.marked.size
    for (const count of this.countTargets) count.textContent = this.marked.size
    for (const field of this.idsTargets) field.value = [...this.marked].join(",")
    for (const all of this.allTargets) {
      all.checked = this.marked.size > 0 && this.marked.size === shown.size
      all.indeterminate = this.marked.size > 0 && !all.checked
    }
  }

  boxTargetConnected(box) {
    box.checked = this.marked.has(box.value)
    this.later()
  }

  boxTargetDisconnected() { this.later() }
  idsTargetConnected(field) { field.value = [...this.marked].join(",") }
  barTargetConnected() { this.later() }

  later() {
    cancelAnimationFrame(this.frame)
    this.frame = requestAnimationFrame(() => this.show())
  }

  // The row that has the focus, or that of the open ticket.
  inHand() {
    const focused = document.activeElement?.closest?.(".row"), open = document.getElementById("talk")?.dataset.ticket
    const row = focused ?? document.getElementById(`row-${open}`) ?? this.element.querySelector(".row")
    return row?.querySelector("[data-selection-target=box]")
  }
}
