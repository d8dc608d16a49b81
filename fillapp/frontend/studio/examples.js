// @ts-check
// Example documents: dropped or chosen, with how far they have come up.

/** @param {import("./preview.js").Preview} preview @param {HTMLElement} place */
export function watchExamples(preview, place) {
  const input = place.querySelector("#example-files")
  const said = /** @type {HTMLElement} */ (place.querySelector("[data-example-said]"))
  if (!(input instanceof HTMLInputElement)) return
  input.addEventListener("change", () => send(preview, said, [...(input.files ?? [])]))
  preview.place.ondragover = (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    preview.place.classList.add("is-target")
  }
  preview.place.ondragleave = (event) => {
    if (!(event.relatedTarget instanceof Node && preview.place.contains(event.relatedTarget))) preview.place.classList.remove("is-target")
  }
  preview.place.ondrop = (event) => {
    event.preventDefault()
    preview.place.classList.remove("is-target")
    send(preview, said, [...(event.dataTransfer?.files ?? [])])
  }
}

/** @param {import("./preview.js").Preview} preview @param {HTMLElement} said @param {File[]} files */
function send(preview, said, files) {
  if (!files.length) return
  const body = new FormData()
  for (const file of files) body.append("files", file)
  body.append("example", preview.example)
  const token = document.querySelector("[name=csrfmiddlewaretoken]")
  const request = new XMLHttpRequest()
  request.open("POST", `${preview.studio.address}examples/`)
  request.setRequestHeader("X-CSRFToken", token instanceof HTMLInputElement ? token.value : "")
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    said.textContent = loaded < total ? `Uploading: ${Math.round((100 * loaded) / total)} %` : "Reading …"
  })
  request.addEventListener("load", async () => {
    const answer = read(request)
    if (answer) await preview.load(preview.example)
    const place = preview.place.querySelector("[data-example-said]")
    const words = answer ? answer.refused.join(" ") : "The files could not be added. Reload the page and try again."
    if (place) place.textContent = words
    if (answer && !answer.refused.length) preview.act("all", [])
  })
  request.addEventListener("error", () => (said.textContent = "The connection is lost. Add the files again when it is back."))
  request.send(body)
}

/** @param {XMLHttpRequest} request @returns {{ refused: string[] } | null} */
function read(request) {
  try {
    const answer = JSON.parse(request.responseText)
    return Array.isArray(answer.refused) ? answer : null
  } catch {
    return null
  }
}
