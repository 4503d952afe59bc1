/** What was met in the record, for whoever mends it. An unknown code is shown as it is. */
export function findingWords(code: string): string {
  return FINDINGS[code] ?? code.replaceAll('_', ' ');
}

const FINDINGS: Readonly<Record<string, string>> = {
  conflict: 'Somebody else would get the same user name',
  damaged_text: 'Letters were damaged before delivery',
  doubled_header: 'A column stands in the header more than once',
  duplicate_differs: 'Several rows of one person differ in what is shown of the person',
  duplicate_xid: 'Several active rows have the same employee id',
  empty_email: 'There is no e-mail address',
  empty_header: 'A column has no name',
  empty_id: 'There is no employee id',
  empty_name: 'There is no name',
  empty_user_name: 'There is no user name',
  error_id: 'An error of a spreadsheet stands where the employee id should be',
  inactive: 'Does not take part (the first line of "Who takes part")',
  kept_out: 'Kept out of the network by an exception',
  left_alone: 'Left alone by an exception',
  long_id: 'The employee id is too long to be one',
  long_user_name: 'The user name is too long to be one',
  no_audience: 'No way of inviting the person applies',
  no_business_unit: 'There is no business unit',
  no_group: 'There is no group',
  not_in_table: 'What stands there is not in the table that it is looked up in',
  stray_quote: 'A double quote stands inside a cell',
  too_few_fields: 'The row has too few cells',
  too_many_fields: 'The row has too many cells',
  too_many_values: 'There are too many values in one cell',
  unknown_exception: 'An exception names an employee id that nobody has',
  unknown_group: 'The network does not have the group',
  unreadable_date: 'What stands there is no day',
  unreadable_phone: 'What stands there is no telephone number',
  unreadable_row: 'The row could not be read',
};
