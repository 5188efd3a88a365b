// Names the files that were chosen.
import { Controller } from "../../vendor/stimulus/stimulus.js"

export default class extends Controller {
  static targets = ["input", "list"]

  show() {
    this.listTarget.replaceChildren(...[...this.inputTarget.files].map((file) => {
      const item = document.createElement("li")
      item.textContent = file.name
      return item
    }))
  }
}
