// The list: j and k walk it, the open ticket stays marked, resolving with shift-e goes on to the next. A ticket that is
// resolved, snoozed or given away leaves the list at once and is back when that was refused.
import { Controller } from "../../vendor/stimulus/stimulus.js"

const typing = (element) => element.closest?.("input, textarea, select, [contenteditable], dialog[open]")

export default class extends Controller {
  static targets = ["row", "list", "shown", "resolve"]

  connect() {
    this.moved = () => this.mark()
    this.leaving = ({ detail }) => this.leave(detail.ctx?.sourceElement)
    this.answered = ({ detail }) => { if ((detail.ctx?.response?.status ?? 500) >= 400) this.comeBack() }
    for (const name of ["htmx:after:history:push", "htmx:after:swap"]) document.addEventListener(name, this.moved)
    document.addEventListener("htmx:before:request", this.leaving)
    document.addEventListener("htmx:finally:request", this.answered)
  }

  disconnect() {
    for (const name of ["htmx:after:history:push", "htmx:after:swap"]) document.removeEventListener(name, this.moved)
    document.removeEventListener("htmx:before:request", this.leaving)
    document.removeEventListener("htmx:finally:request", this.answered)
  }

  steer(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
    if (event.key === "j" || event.key === "k") this.step(event.key === "j" ? 1 : -1)
    else if (event.key === "E" && event.shiftKey) this.resolveAndNext()
  }

  step(way) {
    const rows = this.rowTargets, at = rows.findIndex((row) => row.dataset.ticket === this.current())
    const next = rows[at < 0 ? (way > 0 ? 0 : rows.length - 1) : at + way]
    if (!next) return
    next.focus({ preventScroll: true })
    next.click()
    next.scrollIntoView({ block: "nearest" })
  }

  resolveAndNext() {
    if (!this.hasResolveTarget) return
    const rows = this.rowTargets, at = rows.findIndex((row) => row.dataset.ticket === this.current())
    const next = (rows[at + 1] ?? rows.find((row, place) => place !== at))?.dataset.ticket
    const resolved = ({ detail: { ctx } }) => {
      if (!ctx.request.action.includes("/resolution")) return
      document.removeEventListener("htmx:finally:request", resolved)
      if (ctx.response?.status === 200) this.rowTargets.find((row) => row.dataset.ticket === next)?.click()
    }
    document.addEventListener("htmx:finally:request", resolved)
    this.resolveTarget.click()
  }

  leave(source) {
    const views = source?.dataset?.leaves?.split(" ") ?? []
    const row = document.getElementById(`row-${this.current()}`)
    if (row && views.includes(document.getElementById("list").dataset.view)) row.setAttribute("data-leaving", "")
  }

  comeBack() { for (const row of this.element.querySelectorAll("[data-leaving]")) row.removeAttribute("data-leaving") }

  rowTargetConnected(row) {
    this.mark(row)
    if (this.hasShownTarget) this.shownTarget.value = this.rowTargets.length
  }

  current() { return document.getElementById("talk")?.dataset.ticket }

  mark(only) {
    const open = this.current()
    for (const row of only ? [only] : this.rowTargets) {
      if (row.dataset.ticket === open) row.setAttribute("aria-current", "true")
      else row.removeAttribute("aria-current")
    }
  }
}
