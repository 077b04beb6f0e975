import type { HostFacts } from './host-facts'
import { flagsOfProcess, parseCommandLine } from './parse/parse-command-line'
import { parseDaemonJson } from './parse/parse-daemon-json'
import { parseFile } from './parse/parse-file'
import { parseStartLog } from './parse/parse-log'
import { parseFirewall, parseListening } from './parse/parse-network'
import { isEngine, parsePidFiles, parsePrograms, parseProcesses, parseSocketFiles } from './parse/parse-processes'
import { parseRepair } from './parse/parse-repair'
import { parseDisks, parseKernel } from './parse/parse-resources'
import { sectionsOf, type Section } from './parse/sections'
import { parseAccess, parseClock, parseInitScript, parseSystem } from './parse/parse-system'
import { parseUnits } from './parse/parse-units'

/** What the second look has to say is missing. */
export type FirstFacts = Omit<
  HostFacts,
  'durationMs' | 'tls' | 'clientCertificates' | 'swarmAgents' | 'api' | 'store' | 'unseen'
>

/** Who was asked, and when. */
export interface Look {
  /** The host's name, as its target has it. */
  readonly host: string
  /** Who logged in. */
  readonly user: string
  /** Whether the look ran as root by sudo. */
  readonly isSudo: boolean
  /** When the first command was sent and when its answer was there, in milliseconds since the epoch. */
  readonly from: number
  readonly to: number
}

/** What the first look saw. */
export function firstFacts(sections: readonly Section[], look: Look): FirstFacts {
  const units = parseUnits(sections)
  const service = units.find(({ name }) => name === 'docker.service')
  const environmentFiles = sectionsOf(sections, 'environment').map((section) => ({
    ...parseFile(section),
    isWhole: false,
  }))
  const processes = parseProcesses(sections)
  const commandLine = parseCommandLine(service?.execStarts ?? [], environmentFiles)
  const running = processes.find(isEngine)
  const initScript = parseInitScript(sections)
  const clock = parseClock(sections, look)
  const unfinishedRepair = parseRepair(sections)
  return {
    host: look.host,
    examinedAt: look.from,
    access: parseAccess(sections, look),
    system: parseSystem(sections),
    units,
    ...(initScript && { initScript }),
    environmentFiles,
    program: parsePrograms(sections),
    commandLine:
      service === undefined && running ? { ...commandLine, flags: flagsOfProcess(running.words) } : commandLine,
    daemonJson: parseDaemonJson(sections),
    startLog: parseStartLog(sections),
    processes,
    pidFiles: parsePidFiles(sections),
    socketFiles: parseSocketFiles(sections),
    listening: parseListening(sections),
    disks: parseDisks(sections),
    kernel: parseKernel(sections),
    firewall: parseFirewall(sections),
    ...(clock && { clock }),
    ...(unfinishedRepair && { unfinishedRepair }),
  }
}
