import { singleLine } from '../../../text/single-line'
import type { ClockFacts, HostAccess, InitScriptFacts, InitSystem, SystemFacts } from '../host-facts'
import { linesOf, sectionsOf, type Section } from './sections'

const inits: readonly InitSystem[] = ['systemd', 'openrc', 'sysvinit', 'upstart']

export function parseSystem(sections: readonly Section[]): SystemFacts {
  const lines = linesOf(sections, 'system')
  // A system without os-release begins with the kernel's line.
  const at = lines.findIndex((line) => inits.some((init) => init === line) || line === 'unknown')
  const [initVersion] = lines.slice(at + 1)
  const name = at > 1 ? (lines[0] ?? '').replace(/^(["'])(.*)\1$/, '$2') : ''
  return {
    name: singleLine(name || 'unknown system'),
    kernel: singleLine(lines[at - 1] ?? 'unknown'),
    init: inits.find((init) => init === lines[at]) ?? 'unknown',
    ...(initVersion !== undefined && { initVersion: singleLine(initVersion, 40) }),
  }
}

/** @param login who logged in, and whether the look ran as root by sudo. */
export function parseAccess(
  sections: readonly Section[],
  login: { readonly user: string; readonly isSudo: boolean },
): HostAccess {
  const [uid, , engine] = linesOf(sections, 'access')
  return {
    user: login.user,
    rights: uid !== '0' ? 'none' : login.isSudo ? 'sudo' : 'root',
    mayUseEngine: uid === '0' || engine === 'yes',
  }
}

/**
 * @param asked when the host was asked and when its answer was there, by this machine's clock. The host gives whole
 * seconds, so that half of one is uncertain, too.
 */
export function parseClock(
  sections: readonly Section[],
  asked: { readonly from: number; readonly to: number },
): ClockFacts | undefined {
  const [seconds, synchronized] = linesOf(sections, 'clock')
  if (seconds === undefined || !/^\d+$/.test(seconds)) return undefined
  // The clock is read right at the beginning, and the answer comes at the end.
  const theirs = Number(seconds) * 1000 + 500
  const half = (asked.to - asked.from) / 2
  return {
    aheadMs: Math.round(theirs - (asked.from + half)),
    uncertaintyMs: Math.round(half + 500),
    ...(synchronized === 'synchronized' && { isSynchronized: true }),
  }
}

export function parseInitScript(sections: readonly Section[]): InitScriptFacts | undefined {
  const [found] = sectionsOf(sections, 'init-script')
  if (found === undefined) return undefined
  const status = singleLine(found.text, 300)
  return {
    path: found.about,
    status,
    isRunning: /running|started|start\/run/.test(status) && !status.includes('not running'),
  }
}
