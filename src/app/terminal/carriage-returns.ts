/**
 * Turns the bare line feeds of a process without a terminal into CR LF, as a terminal driver does (termios' ONLCR).
 * A CR LF that is there already stays, also where it is split over two pieces.
 */
export class CarriageReturns {
  #endedInReturn = false

  convert(text: string): string {
    if (text === '') return text
    const first = text.startsWith('\n') && this.#endedInReturn ? '\n' : ''
    this.#endedInReturn = text.endsWith('\r')
    return first + text.slice(first.length).replace(/(?<!\r)\n/g, '\r\n')
  }
}
