#include "providers/gcp/evidence.h"

#include <algorithm>

#include "base/encoding.h"

namespace tee::gcp {

namespace {

using token::Members;

Texts signers_of(const Json& container, const Members& in) {
  const Json* list = json::find(container, "image_signatures");
  if (!list) return {};
  Texts out;
  if (list->is_array())
    for (const Json& entry : *list)
      if (const auto id = json::text_of(entry, "key_id")) out.push_back(*id);
  if (!list->is_array() || out.size() != list->size())
    in.problem("image_signatures", "no list of signatures with key ids");
  return out;
}

Container parse_container(const Json& object, Texts& problems) {
  const Members in(object, "submods.container.", problems);
  Container out;
  out.image_reference = in.text("image_reference");
  out.image_digest = in.text("image_digest");
  out.image_id = in.text("image_id");
  out.restart_policy = in.text("restart_policy");
  out.args = in.texts("args");
  out.cmd_override = in.texts("cmd_override");
  out.env = in.pairs("env");
  out.env_override = in.pairs("env_override");
  out.signers = signers_of(object, in);
  return out;
}

Instance parse_instance(const Json& object, Texts& problems) {
  const Members in(object, "submods.gce.", problems);
  return {in.text("zone"), in.text("project_id"), in.text("project_number"), in.text("instance_name"),
          in.text("instance_id")};
}

void parse_submods(const Json& submods, ConfidentialToken& out) {
  const Members in(submods, "submods.", out.problems);
  if (const Json* space = in.object("confidential_space"))
    out.support_attributes =
        Members(*space, "submods.confidential_space.", out.problems).texts("support_attributes");
  if (const Json* container = in.object("container"))
    out.container = parse_container(*container, out.problems);
  if (const Json* gce = in.object("gce")) out.instance = parse_instance(*gce, out.problems);
  if (const Json* gpu = in.object("nvidia_gpu")) {
    out.has_gpu = true;
    out.gpu_cc_mode = Members(*gpu, "submods.nvidia_gpu.", out.problems).text("cc_mode");
  }
}

// Documented as a list, served as an object.
void parse_tdx(const Json& claims, ConfidentialToken& out) {
  const Json* tdx = json::find(claims, "tdx");
  if (!tdx) return;
  if (tdx->is_array() && tdx->size() == 1) tdx = &tdx->front();
  if (!tdx->is_object()) {
    out.problems.emplace_back("tdx is neither an object nor a list of one");
    return;
  }
  const Members in(*tdx, "tdx.", out.problems);
  out.tdx = Tdx{in.text("gcp_attester_tcb_status"), in.text("gcp_attester_tcb_date"),
                in.integer("tcb_evaluation_data_number")};
}

}  // namespace

ConfidentialToken parse_claims(const Json& claims) {
  ConfidentialToken out;
  const Members in(claims, "", out.problems);
  out.audiences = in.one_or_more("aud");
  out.nonces = in.one_or_more("eat_nonce");
  out.subject = in.text("sub");
  out.hwmodel = in.text("hwmodel");
  out.swname = in.text("swname");
  out.dbgstat = in.text("dbgstat");
  out.secboot = in.truth("secboot");
  out.oemid = in.integer("oemid");
  out.swversion = in.texts("swversion");
  out.attester_tcb = in.texts("attester_tcb");
  out.service_accounts = in.texts("google_service_accounts");
  out.has_aws_tags = claims.contains("https://aws.amazon.com/tags");
  if (const Json* submods = in.object("submods")) parse_submods(*submods, out);
  parse_tdx(claims, out);
  return out;
}

std::optional<Bytes> digest_of(std::string_view text) {
  constexpr std::string_view kPrefix = "sha256:";
  if (!text.starts_with(kPrefix) || text.size() != kPrefix.size() + 64) return std::nullopt;
  text.remove_prefix(kPrefix.size());
  const bool lower = std::all_of(text.begin(), text.end(),
                                 [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
  if (!lower) return std::nullopt;
  return *from_hex(text);
}

}  // namespace tee::gcp
