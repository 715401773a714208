// The claims of a Confidential Space token, read with their types. Google, "Confidential Space attestation
// token claims". No policy here: a claim of the wrong type is noted, an absent one stays empty.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "codec/json.h"
#include "providers/shared/token/members.h"

namespace tee::gcp {

using token::Texts;

struct Container {
  std::optional<std::string> image_reference, image_digest, image_id, restart_policy;
  std::optional<Texts> args, cmd_override;
  Json env, env_override;  // objects of NAME: value; null when absent
  Texts signers;           // key_id of every image signature
};

struct Instance {
  std::optional<std::string> zone, project_id, project_number, instance_name, instance_id;
};

struct Tdx {
  std::optional<std::string> tcb_status, tcb_date;
  std::optional<std::uint64_t> evaluation;
};

struct ConfidentialToken {
  Texts audiences, nonces;  // one string or a list in the token
  std::optional<std::string> subject, hwmodel, swname, dbgstat;
  std::optional<bool> secboot;
  std::optional<std::uint64_t> oemid;
  std::optional<Texts> swversion, attester_tcb, service_accounts, support_attributes;
  std::optional<Container> container;
  std::optional<Instance> instance;
  std::optional<Tdx> tdx;
  std::optional<std::string> gpu_cc_mode;
  bool has_gpu = false;
  bool has_aws_tags = false;

  Texts problems;  // "dbgstat is no text"
};

ConfidentialToken parse_claims(const Json& claims);

// "sha256:" and 64 lower-case hex digits, as registries write it; nullopt for anything else.
std::optional<Bytes> digest_of(std::string_view text);

}  // namespace tee::gcp
