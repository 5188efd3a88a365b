// Dragging a ticket to a person. What it would mean for each person comes from the server when the drag begins, so the
// effect is shown before the drop and is the same that the menu shows.
import { Controller } from "../../vendor/stimulus/stimulus.js"
import Sortable from "../../vendor/sortable/sortable.esm.js"

export default class extends Controller {
  static targets = ["lane", "queue", "member", "effect"]

  laneTargetConnected(lane) { lane.sortable = this.sortable(lane, true) }
  laneTargetDisconnected(lane) { lane.sortable?.destroy() }
  queueTargetConnected(queue) { queue.sortable = this.sortable(queue, false) }
  queueTargetDisconnected(queue) { queue.sortable?.destroy() }

  sortable(element, takes) {
    return Sortable.create(element, {
      group: { name: "work", pull: "clone", put: takes },
      draggable: "[data-ticket]", sort: false, animation: 0, delay: 120, delayOnTouchOnly: true, revertOnSpill: true,
      onStart: (event) => this.lift(event.item),
      onMove: (event) => this.over(event.to),
      onEnd: (event) => this.drop(event),
    })
  }

  async lift(item) {
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

  async drop({ item, clone, from, to }) {
    const member = to.dataset.member
    this.settle()
    if (from === to || !member) return
    clone.replaceWith(item)
    await htmx.ajax("POST", "/division/assignments", {
      source: this.element, target: "#toasts", swap: "beforeend",
      values: { ticket: item.dataset.ticket, seen: item.dataset.seen, member },
    })
    htmx.trigger(this.element, "refresh")
  }

  settle() {
    this.element.classList.remove("dragging")
    for (const row of this.memberTargets) { row.removeAttribute("data-over"); delete row.dataset.verdict }
    for (const effect of this.effectTargets) effect.textContent = ""
  }

  unfold() { document.getElementById("decision").replaceChildren() }
}
