import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, keepInCache } from '../../src/stack/cache-folder.js';
import { runProgram } from '../../src/stack/run-program.js';
import { showAlive } from '../../src/stack/show-alive.js';

const VERSION = '1.38.0';

/** The path of a program that runs Temporal's Java test server; null where Java or Maven are missing or cannot fetch it. */
export async function findTimeSkippingServer(log: (step: string) => void): Promise<string | null> {
  const path = join(cacheFolder(process.env), 'temporal-test-server', VERSION);
  try {
    await runProgram('java', ['-version'], { timeoutMs: 30_000 });
    await keepInCache({ path, log, make: (folder) => fetchWithMaven(folder, log) });
    return await writeProgram(path);
  } catch (error) {
    log(`No Java test server: ${error instanceof Error ? error.message : String(error)}.`);
    return null;
  }
}

async function fetchWithMaven(folder: string, log: (step: string) => void): Promise<string> {
  const made = join(folder, 'server');
  await mkdir(made);
  await writeFile(join(folder, 'pom.xml'), POM);
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${join(made, 'lib')}`];
  await showAlive('Fetching Temporal’s test server with Maven', log, () =>
    runProgram('mvn', ['-q', '-B', ...goal], { cwd: folder, timeoutMs: 5 * 60_000 }),
  );
  return made;
}

/** `exec`, since the SDK ends its direct child only. */
async function writeProgram(folder: string): Promise<string> {
  const path = join(folder, 'test-server');
  const java = `java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "${folder}/lib/*" io.temporal.testserver.TestServer`;
  await writeFile(path, `#!/bin/sh\nexec ${java} "$@"\n`);
  await chmod(path, 0o755);
  return path;
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>tools</groupId>
  <artifactId>temporal-test-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;
