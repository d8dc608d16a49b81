// @ts-check
// Two texts for one block: both are shown, and whoever typed says which stands.

/** @param {import("./block.js").Block} block @param {import("../sending.js").Answer} answer */
export function showConflict(block, answer) {
  block.section.querySelector(".conflict")?.remove()
  const place = document.createElement("div")
  place.className = "conflict note is-attention"
  place.setAttribute("role", "alert")
  place.lang = "en"
  const title = document.createElement("p")
  title.className = "conflict-title"
  title.textContent = `${answer.who ? answer.who : "Fill"} changed this part${answer.at ? ` at ${answer.at}` : ""} while you were typing. What your text would change:`
  const differences = document.createElement("div")
  differences.className = "conflict-text block-value"
  // From our own server, which escapes every text in it.
  differences.innerHTML = answer.differences ?? ""
  const buttons = document.createElement("p")
  buttons.className = "note-actions"
  buttons.append(
    addButton("Keep my text", true, () => close(block, place, answer, true)),
    addButton("Take the other text", false, () => close(block, place, answer, false)),
  )
  place.append(title, differences, buttons)
  block.body.after(place)
  place.scrollIntoView({ block: "nearest" })
}

/** @param {string} words @param {boolean} isMain @param {() => void} run */
function addButton(words, isMain, run) {
  const button = document.createElement("button")
  button.type = "button"
  button.className = isMain ? "button is-main" : "button"
  button.textContent = words
  button.addEventListener("click", run)
  return button
}

/** @param {import("./block.js").Block} block @param {HTMLElement} place @param {import("../sending.js").Answer} answer @param {boolean} isMine */
function close(block, place, answer, isMine) {
  place.remove()
  // What was typed can be had back by undoing.
  if (!isMine) block.setDocument(answer.theirs ?? {}, { undoable: true })
  block.saving?.release(answer.revision ?? block.revision, isMine)
  block.section.focus()
}
