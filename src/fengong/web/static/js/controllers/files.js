// Files and pictures that are pasted, dropped or chosen go up at once and wait in the tray; a picture also stands where
// the caret was.
import { Controller } from "../../vendor/stimulus/stimulus.js"

export default class extends Controller {
  static targets = ["text", "input", "tray", "row"]
  static values = { url: String }

  choose() { this.inputTarget.click() }

  chosen() {
    this.take([...this.inputTarget.files])
    this.inputTarget.value = ""
  }

  paste(event) {
    const files = [...(event.clipboardData?.files ?? [])]
    if (!files.length) return
    event.preventDefault()
    this.take(files)
  }

  over(event) { if ([...(event.dataTransfer?.types ?? [])].includes("Files")) event.preventDefault() }

  drop(event) {
    const files = [...(event.dataTransfer?.files ?? [])]
    if (!files.length) return
    event.preventDefault()
    this.take(files)
  }

  async take(files) {
    const form = new FormData()
    for (const file of files) form.append("file", file, file.name || "picture.png")
    this.element.setAttribute("aria-busy", "true")
    try {
      const answer = await fetch(this.urlValue, { method: "POST", body: form, headers: { "X-CSRFToken": this.token() } })
      const { files: kept = [] } = await answer.json()
      for (const file of kept) this.add(file)
    } catch { this.say(this.element.dataset.failed ?? "") }
    this.element.removeAttribute("aria-busy")
  }

  add(file) {
    if (file.id === undefined) return this.say(`${file.name}: ${file.refusal}`)
    const row = this.rowTarget.content.firstElementChild.cloneNode(true)
    row.querySelector(".clip").textContent = file.name
    row.querySelector("input").value = file.id
    row.querySelector("button").dataset.path = file.path
    this.trayTarget.append(row)
    if (file.markdown) this.insert(file.markdown)
  }

  insert(markdown) {
    const field = this.textTarget
    field.setRangeText(`${markdown}\n`, field.selectionStart, field.selectionEnd, "end")
    field.dispatchEvent(new InputEvent("input", { bubbles: true }))
  }

  async remove({ currentTarget }) {
    const row = currentTarget.closest("li"), { path } = currentTarget.dataset
    await fetch(path, { method: "DELETE", headers: { "X-CSRFToken": this.token() } })
    const field = this.textTarget
    field.value = field.value.replaceAll(new RegExp(`!\\[[^\\]]*\\]\\(${path.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\)\\n?`, "g"), "")
    field.dispatchEvent(new InputEvent("input", { bubbles: true }))
    row.remove()
  }

  say(words) {
    const row = document.createElement("li")
    row.className = "late"
    row.textContent = words
    this.trayTarget.append(row)
    setTimeout(() => row.remove(), 8000)
  }

  token() { return this.element.querySelector("[name=csrfmiddlewaretoken]").value }
}
