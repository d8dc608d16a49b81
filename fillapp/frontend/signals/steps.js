// @ts-check
// Long work in steps: a form that is sent again and again until the server says that all is done.

const LOST = "The connection is lost. What was done is kept: press the button to go on."

/** What a step answers. @typedef {{ done: number, total: number, go_on: boolean, error?: string, calls?: number, tokens?: number, cost?: number }} Step */

/** @param {HTMLFormElement} form with `data-steps`: "auto" begins by itself */
export function watchSteps(form) {
  const bar = /** @type {HTMLProgressElement | null} */ (form.querySelector("progress"))
  const said = form.querySelector("[data-steps-said]")
  const button = form.querySelector("button")
  let running = false

  /** @param {string} words */
  const say = (words) => {
    if (said) said.textContent = words
  }

  async function run() {
    const spent = { calls: 0, tokens: 0, cost: 0 }
    running = true
    if (button) button.textContent = "Stop"
    while (running) {
      const step = await next(form)
      if (!step) return stop(LOST)
      if (bar) [bar.value, bar.max, bar.hidden] = [step.done, step.total || 1, false]
      spent.calls += step.calls ?? 0
      spent.tokens += step.tokens ?? 0
      spent.cost += step.cost ?? 0
      say(describe(step, spent))
      if (step.error) return stop(`${step.error} ${describe(step, spent)}`)
      if (!step.go_on) return location.reload()
    }
    stop(`${said?.textContent ?? ""} – stopped; what was done is kept.`)
  }

  /** @param {string} words */
  function stop(words) {
    running = false
    if (button) button.textContent = "Go on"
    say(words)
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault()
    if (running) running = false
    else run()
  })
  if (form.dataset.steps === "auto") run()
}

/** @param {HTMLFormElement} form @returns {Promise<Step | null>} */
async function next(form) {
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "manual" })
    if (!response.ok || !response.headers.get("Content-Type")?.includes("json")) return null
    return await response.json()
  } catch {
    return null
  }
}

/** @param {Step} step @param {{ calls: number, tokens: number, cost: number }} spent */
function describe(step, spent) {
  const words = [`${step.done.toLocaleString("en")} of ${step.total.toLocaleString("en")}`]
  if (spent.calls) words.push(`${spent.calls} ${spent.calls === 1 ? "call" : "calls"}, ${spent.tokens.toLocaleString("en")} tokens`)
  if (spent.cost) words.push(`$${spent.cost.toFixed(4)}`)
  return words.join(" · ")
}
