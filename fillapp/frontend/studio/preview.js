// @ts-check
// The report as it would look, beside the editor.

/** @typedef {{}} State */

export class Preview {
  /** @param {import("./studio.js").Studio} studio */
  constructor(studio) {
    this.studio = studio
  }

  open() {}

  /** @param {import("./studio.js").Draft} draft */
  follow(draft) {}

  /** @param {string} name */
  showPart(name) {}

  /** @param {string[]} names */
  refresh(names) {}
}
