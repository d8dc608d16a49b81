// @ts-check
// How long each block was in view, in a window that somebody looks at.

export class ViewTime {
  constructor() {
    /** @type {Map<string, number>} */
    this.seconds = new Map()
    /** @type {Set<string>} */
    this.inView = new Set()
    this.since = performance.now()
    this.observer = new IntersectionObserver((entries) => this.look(entries), { rootMargin: "-15% 0px" })
    document.addEventListener("visibilitychange", () => this.count(document.visibilityState === "hidden"))
  }

  /** @param {HTMLElement} section */
  watch(section) {
    this.observer.observe(section)
  }

  /** Seconds since the last time this was asked. @param {string} key */
  take(key) {
    this.count()
    const seconds = this.seconds.get(key) ?? 0
    this.seconds.delete(key)
    return Math.round(seconds * 10) / 10
  }

  takeAll() {
    this.count()
    const all = Object.fromEntries(this.seconds)
    this.seconds.clear()
    return all
  }

  /** @param {IntersectionObserverEntry[]} entries */
  look(entries) {
    this.count()
    for (const { target, isIntersecting } of entries) {
      const key = /** @type {HTMLElement} */ (target).dataset.block ?? ""
      if (isIntersecting) this.inView.add(key)
      else this.inView.delete(key)
    }
  }

  count(wasVisible = document.visibilityState === "visible") {
    const now = performance.now()
    if (wasVisible) for (const key of this.inView) this.seconds.set(key, (this.seconds.get(key) ?? 0) + (now - this.since) / 1000)
    this.since = now
  }
}
