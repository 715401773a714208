#include "providers/gcp/claims.h"

#include <algorithm>

#include "base/encoding.h"

namespace tee::gcp {

namespace {

void text(Claims& claims, const char* name, const std::optional<std::string>& value) {
  if (value) claims[name] = *value;
}
void list(Claims& claims, const char* name, const std::optional<Texts>& value) {
  if (value) claims[name] = Json(*value);
}
// One text where there is one, else the list.
void one_or_more(Claims& claims, const char* name, const Texts& values) {
  if (values.size() == 1)
    claims[name] = values.front();
  else if (!values.empty())
    claims[name] = Json(values);
}

// An image may carry several signatures; the claim has room for one. The expected one is stated when it is
// among them, so that any of the signers can be pinned; all of them stand in the decoded token.
std::string stated_signer(const Texts& signers, const AppraisalOptions& options) {
  const Expectation* wanted = options.expectation("image_signer");
  if (wanted)
    for (const std::string& id : signers)
      if (meets(ClaimValue(id), *wanted)) return id;
  return signers.front();
}

void container_claims(const Container& c, const AppraisalOptions& options, Claims& claims) {
  text(claims, "image_reference", c.image_reference);
  text(claims, "image_id", c.image_id);
  text(claims, "restart_policy", c.restart_policy);
  list(claims, "args", c.args);
  if (!c.env.is_null()) claims["env"] = c.env;
  // The launcher leaves these out when there is nothing in them.
  claims["env_override"] = c.env_override.is_null() ? Json::object() : c.env_override;
  claims["cmd_override"] = c.cmd_override ? Json(*c.cmd_override) : Json::array();
  if (c.image_digest) {
    if (const auto digest = digest_of(*c.image_digest)) {
      claims["image_digest"] = *digest;
      claims["measurement"] = *digest;
    }
  }
  if (!c.signers.empty()) claims["image_signer"] = stated_signer(c.signers, options);
}

}  // namespace

void state_claims(const ConfidentialToken& t, const std::string& issuer, const AppraisalOptions& options,
                  Findings& out) {
  Claims& claims = out.claims;
  if (!issuer.empty()) claims["iss"] = issuer;
  one_or_more(claims, "aud", t.audiences);
  one_or_more(claims, "eat_nonce", t.nonces);
  text(claims, "sub", t.subject);
  text(claims, "dbgstat", t.dbgstat);
  text(claims, "hwmodel", t.hwmodel);
  text(claims, "swname", t.swname);
  if (t.swversion) one_or_more(claims, "swversion", *t.swversion);
  if (t.swversion && t.swversion->size() == 1) claims["firmware_version"] = t.swversion->front();
  if (t.secboot) claims["secboot"] = *t.secboot;
  if (t.dbgstat == "enabled" || t.dbgstat == "disabled-since-boot") claims["debug"] = t.dbgstat == "enabled";
  list(claims, "support_attributes", t.support_attributes);
  list(claims, "attester_tcb", t.attester_tcb);
  list(claims, "service_accounts", t.service_accounts);
  if (t.instance) {
    text(claims, "project_id", t.instance->project_id);
    text(claims, "zone", t.instance->zone);
    text(claims, "instance_id", t.instance->instance_id);
    text(claims, "instance_name", t.instance->instance_name);
  }
  text(claims, "gpu.cc_mode", t.gpu_cc_mode);
  if (t.container) container_claims(*t.container, options, claims);
}

}  // namespace tee::gcp
