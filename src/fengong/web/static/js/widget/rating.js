// Asking how it went, in place.
export class Rating {
  constructor(form, words, desk) {
    Object.assign(this, { form, words, desk, asked: 0 })
    form.addEventListener("submit", (event) => this.send(event))
  }

  show(question) {
    if (this.done) return
    if (!question) { this.form.hidden = true; return }
    this.form.hidden = false
    if (this.asked === question.id) return
    this.asked = question.id
    const legend = document.createElement("legend"), set = document.createElement("fieldset"), scores = document.createElement("div")
    legend.textContent = question.text
    scores.className = "scores"
    scores.append(...question.scale.map(({ value, name }) => this.choice(value, name)))
    set.append(legend, scores)
    const comment = document.createElement("textarea"), send = document.createElement("button")
    Object.assign(comment, { className: "input", name: "comment", rows: 2, maxLength: 2000 })
    comment.setAttribute("aria-label", this.words.comment)
    comment.placeholder = this.words.comment
    Object.assign(send, { className: "button main", textContent: this.words.rate })
    this.form.replaceChildren(set, comment, send)
  }

  choice(score, name) {
    const label = document.createElement("label"), input = document.createElement("input")
    Object.assign(input, { type: "radio", name: "score", value: score, required: true, className: "visually-hidden" })
    label.append(input, String(score))
    if (name) label.title = name
    return label
  }

  async send(event) {
    event.preventDefault()
    const given = new FormData(this.form)
    if (!given.get("score")) return
    try {
      await this.desk.tell("rating", { score: given.get("score"), comment: given.get("comment") })
      this.done = true
      this.form.textContent = this.words.thanks
    } catch (refusal) { this.form.querySelector("legend").textContent = refusal.message || this.words.failed }
  }
}
