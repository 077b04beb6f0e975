import type { HostFacts } from '../../examine/host/host-facts'
import { engineRepair } from '../engine-repair'
import type { RepairPlan } from '../plan'
import { looks, reloadSystemd } from '../plan-builder'
import { rootCommand } from '../host-command'
import type { RepairSituation } from '../situation'
import { wholeUnitFile } from '../unit-text'
import { startPlan } from './engine-stopped'
import { fixOf } from './fix'

const id = 'socket-unit-conflict'

/**
 * An engine with old options is restarted. So that it does not happen again, it takes docker.socket’s socket instead of
 * making its own; or docker.socket goes, which a unit that requires it (Debian’s, Docker’s own) does not allow: stopping it
 * stops the engine, and starting the engine starts it.
 */
export const socketUnitConflict = fixOf(id, ({ details: { running } }, situation) => [
  ...(running.length === 0
    ? []
    : [startPlan(situation, { id, title: 'Restart the engine with the options that its files have' })]),
  ...takeSocket(situation),
  ...(requiresSocket(situation.facts) ? [] : [withoutSocketUnit(situation)]),
])

/** The engine’s own socket, as docker-machine and most handbooks give it. */
const ownSocket = /((?:^|[ \t])(?:-H|--host)(?:=|[ \t]+))unix:\/\/(?:\/var)?\/run\/docker\.sock(?=\s|$)/gm

function takeSocket(situation: RepairSituation): readonly RepairPlan[] {
  const { facts } = situation
  const path = facts.commandLine.flags.find(({ name, value }) => name === 'host' && value.startsWith('unix://'))?.file
  const text = path === undefined ? undefined : wholeUnitFile(facts, path)?.text
  if (path === undefined || text === undefined) return []
  const right = text.replace(ownSocket, '$1fd://')
  if (right === text) return []
  const title = `Have ${path} give the engine docker.socket’s socket (-H fd://) instead of one of its own`
  return [
    engineRepair(situation, {
      id,
      title,
      consequences: [
        'All other options stay, and so does the socket’s path.',
        ...(path.endsWith('/10-machine.conf')
          ? ['docker-machine writes this file anew whenever it provisions the machine.']
          : []),
      ],
      change: (builder) => [builder.rewrite({ id: 'take-socket', title, path, text: right }), reloadSystemd],
    }),
  ]
}

function withoutSocketUnit(situation: RepairSituation): RepairPlan {
  return engineRepair(situation, {
    id,
    title: 'Stop and disable docker.socket, and restart the engine with its own socket',
    withoutSocketUnit: true,
    change: () => [
      {
        id: 'disable-socket',
        title: 'Stop docker.socket, also at the next start of the host',
        action: rootCommand(['systemctl', 'disable', '--now', 'docker.socket'], 60_000),
        check: looks(
          'docker.socket is not active',
          rootCommand(['sh', '-c', '! systemctl -q is-active docker.socket']),
          5,
        ),
        undo: rootCommand(['systemctl', 'enable', 'docker.socket'], 60_000),
      },
    ],
    undoNote: 'docker.socket is enabled again after that, and listens from the next start of the host on.',
  })
}

function requiresSocket({ units }: HostFacts): boolean {
  const service = units.find(({ name }) => name === 'docker.service')
  const files = service?.fragment === undefined ? [] : [service.fragment, ...service.dropIns]
  return files.some(({ text }) => /^\s*(?:Requires|BindsTo|Requisite)\s*=.*\bdocker\.socket\b/m.test(text))
}
