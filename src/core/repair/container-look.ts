import type { HostCommand } from '../ports/host-shell'

/** A container as far as a restart of its engine matters. */
export interface HostContainer {
  readonly name: string
  /** Where the engine does not run: whether it ran when the engine last wrote that down. */
  readonly isRunning: boolean
  /** `no`, `always`, `unless-stopped`, `on-failure`. */
  readonly restartPolicy: string
  /** Somebody stopped it, and not the engine's own end; known only from the engine's files. */
  readonly isStoppedByHand: boolean
  /** Whether it runs a task of a swarm, whose managers then replace it. */
  readonly isTask: boolean
}

const task = 'com.docker.swarm.task.id'
const format = `{{.Name}}\t{{.State.Running}}\t{{.HostConfig.RestartPolicy.Name}}\tfalse\t{{index .Config.Labels "${task}"}}`

/** Asks the engine only where it runs: knocking at its socket would start one that somebody stopped. */
const script = `
isUp() {
  if command -v systemctl >/dev/null; then systemctl -q is-active docker.service; else pidof dockerd >/dev/null; fi
}
if isUp && timeout 5 docker version >/dev/null 2>&1; then
  ids=$(docker ps -aq --no-trunc) && [ -n "$ids" ] && docker inspect --format "$2" $ids
  exit 0
fi
field() { sed -n "s/.*\\"$1\\":\\"\\{0,1\\}\\([^,\\"}]*\\).*/\\1/p" "$2" | head -n 1; }
for folder in "$1"/containers/*/; do
  config=\${folder}config.v2.json host=\${folder}hostconfig.json
  [ -r "$config" ] && [ -r "$host" ] || continue
  name=$(sed -n 's/.*"Name":"\\(\\/[^"]*\\)".*/\\1/p' "$config" | head -n 1)
  policy=$(sed -n 's/.*"RestartPolicy":{"Name":"\\([^"]*\\)".*/\\1/p' "$host" | head -n 1)
  printf '%s\\t%s\\t%s\\t%s\\t%s\\n' "$name" "$(field Running "$config")" "$policy" \\
    "$(field HasBeenManuallyStopped "$config")" "$(field ${task} "$config")"
done`.trim()

/**
 * Lists the containers with their restart policies: as the engine says them, or, where it does not run, from their files
 * in its data folder (moby's `config.v2.json` and `hostconfig.json`). Only reads, as root.
 *
 * @param dataRoot the engine's data folder, `/var/lib/docker` unless it was told another
 */
export function containerLook(dataRoot: string): HostCommand {
  return { command: ['/bin/sh', '-c', script, 'sh', dataRoot, format], deadlineMs: 20_000, maxBytes: 1_048_576 }
}

/** Reads what `containerLook` printed. */
export function parseContainerLook(text: string): readonly HostContainer[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', running, policy = '', byHand, taskId = ''] = line.split('\t')
    if (!name.startsWith('/')) return []
    return [
      {
        name: name.slice(1),
        isRunning: running === 'true',
        restartPolicy: policy === '' ? 'no' : policy,
        isStoppedByHand: byHand === 'true',
        isTask: taskId !== '' && taskId !== '<no value>',
      },
    ]
  })
}
