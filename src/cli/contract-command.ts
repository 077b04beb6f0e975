import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { contractJson, type ContractFile } from '../core/contract/report/contract-json'
import { contractJunit } from '../core/contract/report/contract-junit'
import { contractMarkdown } from '../core/contract/report/contract-markdown'
import { contractText } from '../core/contract/report/contract-text'
import { summarizeContract } from '../core/contract/report/summary'
import { parseContract } from '../core/contract/parse-contract'
import { positionAt } from '../core/contract/text-position'
import type { ContractProblem } from '../core/contract/types'
import { SwarmNetworksError } from '../core/errors'
import type { Clock } from '../core/ports/environment'
import { count } from '../core/text/count'
import { stripControl } from '../core/text/sanitize'
import { runContract } from '../app/contract/run-contract'
import { requireReadyHost, type CliIo, type ExitStatus, type Session } from './session'
import { writeReport, type TestOptions } from './test-command'

/** A contract that was read, and what is wrong with it. */
export interface LoadedContract extends ReturnType<typeof parseContract> {
  readonly file: ContractFile
}

/**
 * Reads a contract before any host is asked, and says what is wrong with it.
 *
 * @throws `invalid-input` where it cannot be read, or has an error
 */
export async function loadContract(
  path: string,
  { io, isJson }: Pick<Session, 'io' | 'isJson'>,
): Promise<LoadedContract> {
  const file = { name: path, text: await readText(path) }
  const { contract, problems } = parseContract(file.text)
  tellProblems(problems, file, io)
  refuseErrors(problems, file, { io, isJson })
  return { file, contract, problems }
}

/**
 * `test --contract FILE`: each line, with reports as for a network.
 *
 * @returns 0 every line holds, 1 one fails, 2 one could not be tested, or means nobody
 * @throws `invalid-input` where two lines contradict each other
 */
export async function testContract(
  session: Session,
  { file, contract, problems }: LoadedContract,
  { clock, options, isColored }: { readonly clock: Clock; readonly options: TestOptions; readonly isColored: boolean },
): Promise<ExitStatus> {
  requireReadyHost(session)
  const { service, shells, io, signal, isJson } = session
  const helper = options.helper && {
    helper: options.helperImage === undefined ? {} : { image: options.helperImage },
  }
  const outcome = await runContract(service, contract, {
    ...helper,
    ...(options.hostChecks && { hostChecks: { ...helper, shells } }),
    clock,
    signal,
  })
  if (outcome.run === undefined) {
    tellProblems(outcome.problems, file, io)
    refuseErrors(outcome.problems, file, session)
    return 2
  }
  const { run } = outcome
  tellProblems(
    run.lines.flatMap((line) => line.problems ?? []),
    file,
    io,
  )
  io.out(isJson ? asJson(contractJson(file, { problems, run })) : contractText(run, { isColored }))
  for (const { host, reason } of run.unreachableHosts)
    io.err(`warning: ${stripControl(`${host} could not be asked: ${reason}`)}`)
  if (options.junit !== undefined) await writeReport(options.junit, contractJunit(run, file.name))
  if (options.markdown !== undefined) await writeReport(options.markdown, contractMarkdown(run, basename(file.name)))
  const { verdict } = summarizeContract(run)
  return verdict === 'pass' ? 0 : verdict === 'fail' ? 1 : 2
}

function asJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2)
}

function refuseErrors(
  problems: readonly ContractProblem[],
  file: ContractFile,
  { io, isJson }: Pick<Session, 'io' | 'isJson'>,
): void {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  if (errors === 0) return
  if (isJson) io.out(asJson(contractJson(file, { problems })))
  throw new SwarmNetworksError('invalid-input', `Nothing was tested: ${file.name} has ${count(errors, 'error')}`)
}

/** As compilers print it, so that editors and CI systems find the place. */
function tellProblems(problems: readonly ContractProblem[], { name, text }: ContractFile, io: CliIo): void {
  for (const { severity, message, range } of problems) {
    const { line, column } = positionAt(text, range.start)
    io.err(`${name}:${line}:${column}: ${severity}: ${stripControl(message)}`)
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new SwarmNetworksError('invalid-input', `The contract ${path} cannot be read: ${why}`, { cause })
  }
}
