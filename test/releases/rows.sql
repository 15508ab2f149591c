-- A row or two of every table, as a console stores them. A table that is new gets its row here before the next release.
insert into "user" (id, username, role, created_at) values
  ('00000000-0000-4000-8000-00000000000a', 'ann', 'admin', '2026-11-01T00:00:00Z'),
  ('00000000-0000-4000-8000-00000000000b', 'ben', 'operator', '2026-11-01T00:00:00Z');
insert into session (user_id, expires_at) values ('00000000-0000-4000-8000-00000000000a', '2026-11-02T00:00:00Z');
insert into known_device values (gen_random_uuid(), '00000000-0000-4000-8000-00000000000a', now(), now());
insert into one_time_link (kind, token_hash, expires_at) values ('setup', 'a', '2026-11-02T00:00:00Z');
insert into identity (user_id, issuer, subject, label, role_by_claim, created_at)
  values ('00000000-0000-4000-8000-00000000000b', 'https://id.example', 'ben', 'Ben', true, now());
insert into single_sign_on_attempt (token_hash, purpose, path, created_at, expires_at) values ('b', 'sign_in', '/', now(), now());
insert into sign_in_failure values ('name:ben', 2.5, now());
insert into sign_in_ticket (token_hash, user_id, expires_at) values ('c', '00000000-0000-4000-8000-00000000000a', now());
insert into totp (user_id, secret, created_at) values ('00000000-0000-4000-8000-00000000000a', '\x01', now());
insert into recovery_code (code_hash, user_id, created_at) values ('d', '00000000-0000-4000-8000-00000000000a', now());
insert into passkey (user_id, credential_id, public_key, counter, transports, name, backed_up, created_at)
  values ('00000000-0000-4000-8000-00000000000a', 'e', '\x02', 1, '{usb}', 'Stick', false, now());
insert into passkey_challenge (challenge_hash, purpose, expires_at) values ('f', 'sign_in', now());
insert into setting (key, value) values ('retention', '{"days": 90}');
insert into card (id, code, type, balance, unlimited, user_id, phone, user_name, first_seen_at, read_at, gone_at) values
  ('card1', 'AAAA1111', '1', 100, false, 'u1', '13900000001', '望舒', now(), now(), null),
  ('card2', 'AAAA1112', '1', 0, false, 'u2', '13900000002', 'Ｗang', now(), now(), null),
  ('card3', 'AAAA1113', '2', null, true, null, null, null, now(), now(), null),
  ('card4', 'AAAA1114', '1', null, false, null, null, null, now(), now(), now());
insert into card_name values ('card1', '望舒', to_tsvector('simple', 'wangshu ws'));
insert into card_seen (card_id, seen_at) select id, now() from card;
insert into card_balance (card_id, at, balance, source) select id, now(), balance, 'sync' from card;
insert into card_event (card_id, at, kind, before, after) values ('card1', now(), 'balance', '120', '100');
insert into card_tag values ('card1', 'vip', 'VIP', now());
insert into card_daily_use values ('card1', '2026-11-01', 20);
insert into sync_run (started_at, finished_at, state, trigger, "full") values (now(), now(), 'done', 'start', true);
insert into upstream_status (source, last_success_at) values ('espai.cards', now());
insert into contract_drift values ('espai', '/cdkey/list', 'type', 'missing', 1, 'undefined', now(), now());
insert into billing_reading (at, remaining_points_micro, points_micro, remaining_amount_micro, amount_micro) values (now(), 1, 2, 3, 4);
insert into billing_usage (day, name, cost_micro, completion_tokens, prompt_tokens, read_at) values ('2026-11-01', 'm', 1, 2, 3, now());
insert into instance values (gen_random_uuid(), -7, now(), 'console-1', 42);
insert into batch (id, key_type, wanted, state, created_by_name, created_at, updated_at) values
  ('00000000-0000-4000-8000-000000000001', 2, 20, 'generating', 'ben', now(), now());
insert into operation (id, kind, state, params, actor_name, created_at, expires_at, intent_at, sent_at, baseline, batch_id) values
  ('00000000-0000-4000-8000-000000000010', 'transfer', 'done', '{"kind":"transfer","amount":5}', 'ben', now(), now(), now(), now(), '{"kind":"balances","source":9,"target":0}', null),
  ('00000000-0000-4000-8000-000000000011', 'transfer', 'unknown', '{"kind":"transfer","amount":6}', 'ben', now(), now(), now(), now(), '{"kind":"balances","source":9,"target":0}', null),
  ('00000000-0000-4000-8000-000000000012', 'generate', 'done', '{"kind":"generate","keyType":2,"count":1}', 'ben', now(), now(), now(), now(), null, '00000000-0000-4000-8000-000000000001');
insert into operation_card values ('00000000-0000-4000-8000-000000000011', 'card1', 'source', true);
insert into operation_reading (operation_id, at, reading, conclusion)
  values ('00000000-0000-4000-8000-000000000011', now(), '{"kind":"balances","source":3,"target":6}', 'undecided');
insert into card_key (batch_id, operation_id, upstream_id, key_type, last4, cipher, fingerprint, recorded_at) values
  ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000012', '9007199254740993', 2, 'WXYZ', '\x00ff', 'f', now());
insert into key_scan (name, last_run_at, page_size) values ('keys', now(), 20);
insert into "user" (id, username, role) values ('00000000-0000-4000-8000-00000000000c', 'cai', 'admin');
insert into approval (id, subject_kind, subject_ids, reason, requested_by, requested_by_name, requested_at, expires_at, state,
    decided_by, decided_by_name, decided_at)
  values ('00000000-0000-4000-8000-000000000020', 'password_reset', '{00000000-0000-4000-8000-00000000000b}', 'x',
    '00000000-0000-4000-8000-00000000000a', 'ann', now(), now() + interval '1 day', 'approved',
    '00000000-0000-4000-8000-00000000000c', 'cai', now());
insert into approval_use values ('00000000-0000-4000-8000-000000000020', now());
insert into daily_usage values ('00000000-0000-4000-8000-00000000000b', '2026-11-01', 'callsMoved', 5);
insert into counted_search values ('00000000-0000-4000-8000-00000000000b', 'g', now());
insert into refusal (key, actor_name, action, outcome, detail, count, first_at, last_at)
  values ('h', 'ben', 'access.refused', 'refused', '{}', 3, now(), now());
insert into alert_channel values ('00000000-0000-4000-8000-000000000030', 'webhook', 'x', true, '\x00ff', 'x', now(), now());
insert into alert_state values ('amount', '', true, now());
insert into alert_event (at, rule, subject, kind, severe, params) values (now(), 'amount', '', 'fired', true, '{}');
insert into alert_notice select '00000000-0000-4000-8000-000000000030', id from alert_event;
insert into alert_delivery (id, channel_id, test, text, state, next_at, created_at)
  values (gen_random_uuid(), '00000000-0000-4000-8000-000000000030', false, 'x', 'waiting', now(), now());
