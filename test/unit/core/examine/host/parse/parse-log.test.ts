import { describe, expect, it } from 'vitest'
import { parseStartLog } from '../../../../../../src/core/examine/host/parse/parse-log'

const journal = (...lines: readonly string[]) => [
  {
    name: 'journal',
    about: '',
    text: lines.map((line, index) => `17000000${index}.5 host ${line}`).join('\n'),
    isRedacted: false,
  },
]
const texts = (...lines: readonly string[]) => parseStartLog(journal(...lines)).map(({ text }) => text)
const begin = 'systemd[1]: Starting docker.service - Docker Application Container Engine...'

describe('the log of the last start', () => {
  it('ends where the engine was up, without what it wrote later', () => {
    expect(
      texts(
        begin,
        'dockerd[9]: level=info msg=x',
        'systemd[1]: Started docker.service.',
        'dockerd[9]: level=error msg=later',
      ),
    ).toEqual(['Starting docker.service - Docker Application Container Engine...', 'Started docker.service.'])
  })

  it('goes on to the end of one that fell over later', () => {
    const fallen = texts(
      begin,
      'systemd[1]: Started docker.service.',
      'dockerd[9]: panic',
      'systemd[1]: docker.service: Main process exited, code=exited',
    )
    expect(fallen).toContain('panic')
  })

  it('takes in the try before, while systemd has just begun another', () => {
    const again = texts(
      begin,
      'dockerd[9]: no space left',
      "systemd[1]: docker.service: Failed with result 'exit-code'.",
      begin,
    )
    expect(again).toContain('no space left')
  })

  it('is what is newest, where a start was refused', () => {
    expect(texts('systemd[1]: docker.service: Service has more than one ExecStart= setting')).toHaveLength(1)
  })
})
