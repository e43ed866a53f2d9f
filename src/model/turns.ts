/** One after the other, in the order they were asked for. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve()

  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.last.then(work)
    this.last = turn.catch(() => {})
    return turn
  }
}
