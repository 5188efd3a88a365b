// Dragging a ticket to a person. What it would mean for each person comes from the server when the drag begins, so the
// effect is shown before the drop and is the same that the menu shows.
import { Controller } from "../../vendor/stimulus/stimulus.js"
import Sortable from "../../vendor/sortable/sortable.esm.js"

// Let go beside the row, it stays where it was.
const inside = (lane, event) => {
  const { clientX, clientY } = event.changedTouches?.[0] ?? event
  return lane.closest("tr").contains(document.elementFromPoint(clientX, clientY))
}

export default class extends Controller {
  static targets = ["lane", "queue", "member", "effect"]

  connect() {
    const hold = (event) => { if (this.lifted && event.detail.ctx.sourceElement === this.element) event.preventDefault() }
    for (const name of ["htmx:config:request", "htmx:before:swap"]) this.element.addEventListener(name, hold)
  }

  laneTargetConnected(lane) { lane.sortable = this.sortable(lane, true) }
  laneTargetDisconnected(lane) { lane.sortable?.destroy() }
  queueTargetConnected(queue) { queue.sortable = this.sortable(queue, false) }
  queueTargetDisconnected(queue) { queue.sortable?.destroy() }

  sortable(element, takes) {
    return Sortable.create(element, {
      group: { name: "work", pull: "clone", put: takes },
      draggable: "[data-ticket]", sort: false, animation: 0, delay: 120, delayOnTouchOnly: true,
      forceFallback: true, fallbackOnBody: true, fallbackTolerance: 4,
      onStart: (event) => this.lift(event.item),
      onMove: (event) => this.over(event.to),
      onEnd: (event) => this.drop(event),
    })
  }

  async lift(item) {
    this.cancelled = false
    this.lifted = true
    this.element.classList.add("dragging")
    const answer = await fetch(`/tickets/${item.dataset.ticket}/assignment?from=board`, { headers: { "HX-Request": "true" } })
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    for (const effect of page.querySelectorAll("#effects [data-member]")) this.hint(effect.dataset)
  }

  hint({ member, verdict, sentence }) {
    const row = this.memberTargets.find((one) => one.dataset.member === member)
    if (!row) return
    row.dataset.verdict = verdict
    row.querySelector(".effect").textContent = sentence
  }

  over(lane) {
    for (const row of this.memberTargets) row.toggleAttribute("data-over", row.contains(lane))
    return lane.closest("[data-verdict]")?.dataset.verdict !== "no"
  }

  async drop({ item, clone, from, to, originalEvent }) {
    const member = to.dataset.member, meant = !this.cancelled && inside(to, originalEvent)
    this.settle()
    if (from === to || !member) return htmx.trigger(this.element, "refresh")
    clone.replaceWith(item)
    if (!meant) return htmx.trigger(this.element, "refresh")
    await htmx.ajax("POST", "/division/assignments", {
      source: this.element, target: "#toasts", swap: "beforeend",
      values: { ticket: item.dataset.ticket, seen: item.dataset.seen, member },
    })
    htmx.trigger(this.element, "refresh")
  }

  settle() {
    this.lifted = false
    this.element.classList.remove("dragging")
    for (const row of this.memberTargets) { row.removeAttribute("data-over"); delete row.dataset.verdict }
    for (const effect of this.effectTargets) effect.textContent = ""
  }

  cancel() { this.cancelled = true; this.settle() }

  unfold() { document.getElementById("decision").replaceChildren() }
}
