import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { runNode } from './programs.mjs';
import { inRoot, say } from './root.mjs';

/** Compiles to `dist/` and bundles the workflows, as the container image runs them. Answers the exit code. */
export async function build() {
  rmSync(inRoot('dist'), { recursive: true, force: true });
  const code = await runNode([inRoot('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json']);
  if (code !== 0) return code;
  copyWhatIsNotCompiled();
  await bundleWorkflows();
  say('Built dist/.');
  return 0;
}

/** SQL, pages and generated parsers lie beside the code that reads them. */
function copyWhatIsNotCompiled() {
  cpSync(inRoot('src'), inRoot('dist'), {
    recursive: true,
    filter: (source) => extname(source) !== '.ts' && !source.endsWith('.stamp'),
  });
}

async function bundleWorkflows() {
  const workflowsPath = inRoot('dist', 'workflows', 'index.js');
  if (!existsSync(workflowsPath)) return;
  const { bundleWorkflowCode } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({ workflowsPath });
  writeFileSync(inRoot('dist', 'workflow-bundle.js'), code);
}
