// Widths of the panes: dragged, or changed by arrow keys; remembered on this device.
import { Controller } from "../../vendor/stimulus/stimulus.js"

const STEP = 16
const KEY = "fengong.panes"

export default class extends Controller {
  static targets = ["grip"]

  connect() {
    this.sizes = JSON.parse(localStorage.getItem(KEY) || "{}")
    for (const grip of this.gripTargets) this.apply(grip, this.sizes[grip.dataset.name])
  }

  grab(event) {
    const grip = event.currentTarget, start = event.clientX, size = this.size(grip)
    const move = (moved) => this.apply(grip, size + this.sign(grip) * (moved.clientX - start))
    const drop = () => {
      grip.removeAttribute("data-dragging")
      grip.removeEventListener("pointermove", move)
      this.remember()
    }
    grip.setPointerCapture(event.pointerId)
    grip.setAttribute("data-dragging", "")
    grip.addEventListener("pointermove", move)
    grip.addEventListener("pointerup", drop, { once: true })
  }

  nudge(event) {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!way) return
    event.preventDefault()
    this.apply(event.currentTarget, this.size(event.currentTarget) + way * this.sign(event.currentTarget) * STEP)
    this.remember()
  }

  side() {
    const sides = { context: "talk", talk: "context" }
    this.element.dataset.side = sides[this.element.dataset.side] || "context"
  }

  apply(grip, wanted) {
    if (!wanted) return
    const { ariaValueMin, ariaValueMax } = grip
    const size = Math.round(Math.min(Math.max(wanted, Number(ariaValueMin)), Number(ariaValueMax)))
    this.sizes[grip.dataset.name] = size
    grip.ariaValueNow = size
    document.documentElement.style.setProperty(`--pane-${grip.dataset.name}`, `${size}px`)
  }

  size(grip) { return Number(grip.ariaValueNow) }
  sign(grip) { return grip.dataset.name === "context" ? -1 : 1 }
  remember() { localStorage.setItem(KEY, JSON.stringify(this.sizes)) }
}
