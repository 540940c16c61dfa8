/** Query parameters, in lower case, that only identify a click or a reader, and make nearly every URL unique. */
const TRACKING_PARAMETERS: ReadonlySet<string> = new Set([
  // Google
  ...["gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "gad_campaignid", "srsltid"],
  ...["_ga", "_gl", "_gac"],
  // Meta
  ...["fbclid", "igsh", "igshid", "mibextid", "fb_action_ids", "fb_action_types", "fb_source", "fb_ref"],
  // Microsoft, X, TikTok, LinkedIn, Pinterest, Reddit, Snapchat, Yandex, Quora
  ...["msclkid", "twclid", "ttclid", "li_fat_id", "epik", "rdt_cid", "sccid", "sc_cid"],
  ...["yclid", "ysclid", "_openstat", "qclid"],
  // Advertising networks
  ...["ndclid", "irclickid", "cjevent", "obclid", "dicbo", "tblci", "rb_clickid", "s_kwcid", "wickedid"],
  // Mail and marketing software
  ...["mc_cid", "mc_eid", "_hsenc", "_hsmi", "__hsfp", "__hssc", "__hstc", "hsctatracking", "mkt_tok", "_kx"],
  ...["vero_id", "vero_conv", "oly_enc_id", "oly_anon_id", "ck_subscriber_id", "ml_subscriber", "ml_subscriber_hash"],
  ...["dm_i", "bsft_clkid", "bsft_eid", "bsft_uid", "elqtrackid", "_bta_tid", "_bta_c", "trk_contact", "trk_msg"],
  ...["sb_referer_host", "_branch_match_id", "_branch_referrer"],
]);

/** Whether a decoded query parameter only identifies a click or a reader. */
export const isTrackingParameter = (name: string): boolean => TRACKING_PARAMETERS.has(name.toLowerCase());
