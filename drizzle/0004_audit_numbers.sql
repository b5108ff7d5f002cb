-- The hash of an entry covers its number over all users. Entries that were intact get the new hash; what
-- was altered, unlinked or without its head before stays so. Heads that were exported before are void.
do $$
declare
  v_entry data.audit_log;
  v_owner uuid;
  v_old text;
  v_new text;
  v_content jsonb;
  v_is_intact boolean;
begin
  for v_entry in select * from data.audit_log order by owner_id, sequence loop
    if v_owner is distinct from v_entry.owner_id then
      update data.audit_heads set hash = v_new where owner_id = v_owner and hash = v_old;
      v_owner := v_entry.owner_id;
      v_old := '';
      v_new := '';
    end if;
    v_content := jsonb_build_array(
      v_entry.owner_id, v_entry.sequence, (extract(epoch from v_entry.occurred_at) * 1000000)::bigint,
      v_entry.actor_id, v_entry.session_id, v_entry.api_key_id, v_entry.request_id, v_entry.address,
      v_entry.action, v_entry.entity, v_entry.entity_id, v_entry.before, v_entry.after);
    v_is_intact := v_entry.hash = encode(sha256(convert_to(
      v_entry.previous_hash || v_content::text, 'UTF8')), 'hex');
    if v_entry.previous_hash = v_old then
      v_entry.previous_hash := v_new;
    end if;
    v_old := v_entry.hash;
    if v_is_intact then
      v_entry.hash := encode(sha256(convert_to(
        v_entry.previous_hash || (to_jsonb(v_entry.id) || v_content)::text, 'UTF8')), 'hex');
    end if;
    v_new := v_entry.hash;
    update data.audit_log set previous_hash = v_entry.previous_hash, hash = v_entry.hash
     where owner_id = v_entry.owner_id and sequence = v_entry.sequence;
  end loop;
  update data.audit_heads set hash = v_new where owner_id = v_owner and hash = v_old;
end
$$;
