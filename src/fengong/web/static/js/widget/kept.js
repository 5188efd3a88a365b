// What this browser remembers: in the frame's own storage, or where browsers refuse a frame that, with the page around it,
// which then keeps it for us under the same names.
const memory = new Map()
let around = () => {}

const own = (() => {
  try {
    localStorage.setItem("fengong.try", "1")
    localStorage.removeItem("fengong.try")
    return localStorage
  } catch { return null }
})()

export const kept = {
  read: (key) => (own ? own.getItem(key) : memory.get(key) ?? null),

  write(key, value) {
    if (!own) {
      memory.set(key, value)
      around({ fengong: "keep", key, value })
    } else if (value === null) own.removeItem(key)
    else own.setItem(key, value)
  },

  // The page around says what it has kept for us, and is told what we have learnt meanwhile.
  lean(tell, given) {
    if (own) return
    around = tell
    for (const [key, value] of Object.entries(given ?? {})) if (!memory.has(key)) memory.set(key, value)
    for (const [key, value] of memory) around({ fengong: "keep", key, value })
  },
}
