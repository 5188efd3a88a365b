// Reply, note, escalate: one at a time. What each form keeps, sends and completes is in controllers of its own.
import { Controller } from "../../vendor/stimulus/stimulus.js"

export default class extends Controller {
  static targets = ["tab", "panel", "write", "seen", "heard", "stopped", "kept"]
  static values = { kind: String }

  connect() {
    this.open(this.kindValue)
    this.element.addEventListener("drafts:kept", () => { this.keptTarget.hidden = false })
    for (const name of ["drafts:typed", "drafts:sent"]) this.element.addEventListener(name, () => { this.keptTarget.hidden = true })
    if (this.hasStoppedTarget) this.panel()?.querySelector("textarea")?.focus()
  }

  show({ currentTarget }) {
    this.open(currentTarget.dataset.kind)
    const field = this.panel().querySelector("textarea")
    field.focus()
    field.setSelectionRange(field.value.length, field.value.length)
  }

  step(event) {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!way) return
    const at = this.tabTargets.indexOf(event.target)
    const next = this.tabTargets[(at + way + this.tabTargets.length) % this.tabTargets.length]
    this.open(next.dataset.kind)
    next.focus()
  }

  open(kind) {
    this.kindValue = this.tabTargets.some((tab) => tab.dataset.kind === kind) ? kind : "reply"
    for (const tab of this.tabTargets) {
      const chosen = tab.dataset.kind === this.kindValue
      tab.setAttribute("aria-selected", chosen)
      tab.tabIndex = chosen ? 0 : -1
    }
    for (const panel of this.panelTargets) panel.hidden = panel.dataset.panel !== this.kindValue
  }

  send(event) {
    event.preventDefault()
    const form = event.target.form
    const button = form.querySelector("[data-send]")
    if (!button.disabled) form.requestSubmit(button)
  }

  // Somebody who has typed nothing yet has seen every change that was shown; whoever is writing is stopped first.
  catchUp() {
    if (this.writeTargets.some((field) => field.value)) return
    const { version, heard } = document.getElementById("thread")?.dataset ?? {}
    for (const field of this.seenTargets) if (version) field.value = version
    for (const field of this.heardTargets) if (heard) field.value = heard
  }

  panel() { return this.panelTargets.find((panel) => !panel.hidden) }
}
