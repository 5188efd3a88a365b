// A mail in a frame of its own is as high as what is in it.
import { Controller } from "../../vendor/stimulus/stimulus.js"

export default class extends Controller {
  connect() { this.element.addEventListener("load", () => this.fit()) }
  disconnect() { this.watch?.disconnect() }

  fit() {
    const page = this.element.contentDocument?.body
    if (!page) return
    const grow = () => { this.element.style.height = `${page.scrollHeight + 2}px` }
    this.watch = new ResizeObserver(grow)
    this.watch.observe(page)
    grow()
  }
}
