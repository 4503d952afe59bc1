import type { FrameLocator, Locator, Page } from 'playwright-core';

/** A message that a page offers: its name, and the JSON value beside it, exactly as a person would copy it. */
export interface Offer {
  readonly name: string;
  readonly json: string;
}

/** Temporal's web pages as a person uses them: what is typed and clicked, and what can be read. */
export class TemporalUi {
  constructor(
    readonly page: Page,
    private readonly url: string,
    private readonly namespace = 'default',
  ) {}

  /** Fills in the form "Start Workflow" and sends it. */
  async startWorkflow(form: {
    readonly id: string;
    readonly type: string;
    readonly taskQueue: string;
    readonly input: object;
  }): Promise<void> {
    await this.page.goto(`${this.place}/start-workflow`);
    await this.page.locator('#workflowId').fill(form.id);
    await this.page.locator('#taskQueue').fill(form.taskQueue);
    await this.page.locator('#workflowType').fill(form.type);
    await this.type(this.page.locator('main'), JSON.stringify(form.input));
    await this.page.getByTestId('start-workflow-button').click();
    await this.page.getByText('Workflow started successfully').waitFor();
  }

  /** The list, with these columns; answers the row of one workflow by column. */
  async row(id: string, columns: readonly string[], query = ''): Promise<Readonly<Record<string, string>>> {
    await this.openList(columns, query);
    const row = this.page.getByRole('row').filter({ has: this.page.getByRole('link', { name: id, exact: true }) });
    await row.first().waitFor();
    const cells = await row.first().getByRole('cell').allInnerTexts();
    const heads = await this.page.getByRole('columnheader').allInnerTexts();
    return Object.fromEntries(heads.map((head, index) => [head.trim(), (cells[index] ?? '').trim()]));
  }

  /** What a person sets once under "Configure columns". */
  async openList(columns: readonly string[], query = ''): Promise<void> {
    await this.page.goto(this.place);
    const shown = JSON.stringify({ [this.namespace]: columns.map((label) => ({ label })) });
    await this.page.evaluate(`localStorage.setItem('namespace-workflow-table-columns', ${JSON.stringify(shown)})`);
    await this.page.goto(`${this.place}?query=${encodeURIComponent(query)}`);
  }

  /** The tab "User Metadata" of a workflow: its current details, drawn. Who is there already presses R. */
  async openDetails(id: string): Promise<FrameLocator> {
    if (this.isAt(id, '/user-metadata')) {
      const answer = this.page.waitForResponse((response) => response.url().includes('__temporal_workflow_metadata'));
      // A key reaches the page only when nothing within the frame was clicked last.
      await this.page.getByText('Current Details').click();
      await this.page.keyboard.press('r');
      await answer;
    } else {
      await this.open(id);
      await this.page.getByRole('tab', { name: 'User Metadata' }).click();
    }
    const frame = this.page.locator('#user-metadata-current-details').contentFrame();
    await frame.locator('h1').waitFor();
    return frame;
  }

  async readDetails(id: string): Promise<string> {
    return (await (await this.openDetails(id)).locator('main').innerText()).trim();
  }

  /** Every message that the details offer. A value stands behind the name of its message. */
  async offers(id: string): Promise<readonly Offer[]> {
    const drawn = (await this.openDetails(id)).locator('code');
    await drawn.last().waitFor();
    const codes = await drawn.allInnerTexts();
    return codes.flatMap((json, index) => (json.startsWith('{') ? [{ name: codes[index - 1] ?? '', json }] : []));
  }

  /** What three clicks on the value of a message select. */
  async selectValue(id: string, { json }: Offer): Promise<string> {
    const frame = await this.openDetails(id);
    await frame.locator('code').getByText(json, { exact: true }).first().click({ clickCount: 3 });
    return String(await frame.locator('main').evaluate('document.getSelection()?.toString()')).trim();
  }

  /** "More Actions", "Send an Update": null when it was taken, else the sentence with which it was refused. */
  async update(id: string, name: string, value: string): Promise<string | null> {
    const dialog = await this.fillIn(id, 'Send an Update', name, value);
    await dialog.getByRole('button', { name: 'Submit' }).click();
    const refusal = dialog.getByRole('alert');
    await Promise.race([dialog.waitFor({ state: 'hidden' }), refusal.waitFor()]);
    if (!(await dialog.isVisible())) return null;
    const sentence = await refusal.innerText();
    await dialog.getByRole('button', { name: 'Cancel' }).last().click();
    await dialog.waitFor({ state: 'hidden' });
    return sentence;
  }

  async signal(id: string, name: string, value: string): Promise<void> {
    const dialog = await this.fillIn(id, 'Send a Signal', name, value);
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** Opens a dialog and fills it in, without sending. */
  async fillIn(id: string, action: 'Send an Update' | 'Send a Signal', name: string, value: string): Promise<Locator> {
    await this.open(id);
    await this.page.getByRole('button', { name: 'More Actions' }).click();
    await this.page.getByRole('menuitem', { name: action }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^(Select|Name)/ }).click();
    await dialog
      .getByRole('option')
      .filter({ has: this.page.getByText(name, { exact: true }) })
      .click();
    await this.type(dialog, value);
    return dialog;
  }

  addressOf(id: string): string {
    return `${this.place}/${encodeURIComponent(id)}`;
  }

  private async open(id: string): Promise<void> {
    if (!this.isAt(id)) await this.page.goto(this.addressOf(id));
  }

  /** Below the address of a workflow stands its run. */
  private isAt(id: string, tab = ''): boolean {
    const [, rest = null] = this.page.url().split(this.addressOf(id));
    return rest !== null && /^(\/[^/]+)?(\/[^/]+)?$/.test(rest) && rest.endsWith(tab);
  }

  private get place(): string {
    return `${this.url}/namespaces/${this.namespace}/workflows`;
  }

  /** The field keeps what was sent last; and it lays out what was typed when it is left, and moves the button below it. */
  private async type(within: Locator, json: string): Promise<void> {
    const field = within.locator('[contenteditable=true]').first();
    await field.click();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.insertText(json);
    await field.blur();
    await within.getByText('{', { exact: true }).first().waitFor();
  }
}
