// Reply, note, escalate: one at a time; what is typed is kept on this device until it is sent.
import { Controller } from "../../vendor/stimulus/stimulus.js"

export default class extends Controller {
  static targets = ["tab", "panel", "write", "seen", "stopped"]
  static values = { ticket: Number, kind: String, fresh: Boolean }

  connect() {
    for (const field of this.writeTargets) if (!field.value) field.value = localStorage.getItem(this.key(field)) || ""
    this.open(this.kindValue)
    this.refreshed = () => this.catchUp()
    document.addEventListener("htmx:after:swap", this.refreshed)
    if (this.hasStoppedTarget) this.panel()?.querySelector("textarea")?.focus()
  }

  disconnect() { document.removeEventListener("htmx:after:swap", this.refreshed) }

  show({ currentTarget }) {
    this.open(currentTarget.dataset.kind)
    this.panel().querySelector("textarea").focus()
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

  keep({ target }) {
    if (target.value) localStorage.setItem(this.key(target), target.value)
    else localStorage.removeItem(this.key(target))
  }

  send(event) {
    event.preventDefault()
    const form = event.target.form
    form.requestSubmit(form.querySelector("[data-send]"))
  }

  sending({ target }) {
    target.addEventListener("htmx:after:request", ({ detail }) => {
      if (detail.ctx.response.status >= 400) return
      for (const field of target.querySelectorAll("[data-draft]")) {
        localStorage.removeItem(this.key(field))
        field.value = ""
      }
    }, { once: true })
  }

  // Somebody who has typed nothing yet has seen every change that was shown; whoever is writing is stopped first.
  catchUp() {
    if (this.writeTargets.some((field) => field.value)) return
    const version = document.getElementById("thread")?.dataset.version
    for (const field of this.seenTargets) if (version) field.value = version
  }

  panel() { return this.panelTargets.find((panel) => !panel.hidden) }
  key(field) { return `fengong.draft.${this.ticketValue}.${field.dataset.draft}` }
}
