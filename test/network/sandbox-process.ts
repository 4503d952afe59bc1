import { spawn, type ChildProcess } from 'node:child_process';
import { z } from 'zod';
import { createSpeakapNetwork, type SpeakapNetwork, type SpeakapSettings } from '../../src/network/speakap/speakap.js';

const madeNetwork = z.object({
  eid: z.string(),
  app: z.object({ eid: z.string(), secret: z.string() }),
  scimToken: z.string(),
});
const violationList = z.object({
  violations: z.array(z.object({ of: z.string(), path: z.string(), reason: z.string() })),
});

/** The sandbox as a program of its own, known by its address only. */
export class SandboxProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(main: string): Promise<SandboxProcess> {
    const child = spawn(process.execPath, ['--import', 'tsx', main, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    for await (const chunk of child.stdout) {
      said += String(chunk);
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
      if (url !== undefined) return new SandboxProcess(child, url);
    }
    throw new Error(`The sandbox ended before it listened: ${said}`);
  }

  async network(
    input: object = {},
    settings: Partial<SpeakapSettings> = {},
  ): Promise<SpeakapNetwork & { eid: string }> {
    const made = madeNetwork.parse(await this.control('POST', '/networks', { name: 'Korenaar', ...input }));
    const network = createSpeakapNetwork({
      apiBase: this.url,
      networkEid: made.eid,
      appEid: made.app.eid,
      appSecret: made.app.secret,
      scimToken: made.scimToken,
      ...settings,
    });
    return { ...network, eid: made.eid };
  }

  async fault(fault: object): Promise<void> {
    await this.control('POST', '/faults', fault);
  }

  /** What the adapter asked although the documents do not allow it. */
  async brokenRules(network: string): Promise<readonly object[]> {
    const { violations } = violationList.parse(await this.control('GET', `/violations?network=${network}&of=rules`));
    return violations;
  }

  async end(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill();
    await ended;
  }

  private async control(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.url}/_sandbox${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }
}
