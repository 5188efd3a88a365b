// While a word is being composed (Chinese, Japanese, Korean input), nothing else hears the keyboard: no shortcut, no
// search, no autosave, no request. When the word is there, one input event tells everybody.
let composing = null

export const isComposing = () => composing !== null

const hush = (event) => {
  if (composing || event.isComposing || event.keyCode === 229) event.stopImmediatePropagation()
}

addEventListener("compositionstart", (event) => { composing = event.target }, true)
addEventListener("compositionend", (event) => {
  composing = null
  const target = event.target
  queueMicrotask(() => {
    target.dispatchEvent(new InputEvent("input", { bubbles: true }))
    document.dispatchEvent(new CustomEvent("composed"))
  })
}, true)
for (const name of ["keydown", "keyup", "keypress", "input", "change", "search"]) addEventListener(name, hush, true)

addEventListener("submit", (event) => {
  if (!composing) return
  event.preventDefault()
  event.stopImmediatePropagation()
}, true)
document.addEventListener("htmx:config:request", (event) => { if (composing) event.preventDefault() }, true)
