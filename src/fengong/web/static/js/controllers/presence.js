// Shows at once which presence was chosen; the meter in the head comes back from the server.
import { Controller } from "../../vendor/stimulus/stimulus.js"

export default class extends Controller {
  static targets = ["choice"]

  done(event) {
    const chosen = event.detail?.ctx?.request?.submitter?.value
    if (!chosen) return
    for (const choice of this.choiceTargets) choice.setAttribute("aria-pressed", choice.value === chosen)
  }
}
