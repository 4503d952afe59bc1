/** How contacts are named in messages: `c-hr`, `staff-17`. */
export const CONTACT_ID = /^[a-z0-9][a-z0-9-]{0,39}$/;
