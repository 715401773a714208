// Sealing roots: where a machine's own keys come from. Floor F4.
//
// A root gives the same secret again on the same machine under the same fields, and to nobody else. What it is asked for stands
// in `fields`, which is part of every key and of the header; what it has to keep for itself (a TPM's objects) in `keep`.
#pragma once

#include <functional>
#include <string>

#include "base/env.h"
#include "codec/json.h"
#include "crypto/secret.h"

namespace tee::seal {

struct RootSecret {
  crypto::Secret secret;         // at least 32 bytes
  Json keep = Json::object();    // goes into the header
};

struct Root {
  std::string name;              // "sim", "snp", "tpm"
  Json fields = Json::object();  // what the operator asked for
  bool keeps = false;            // `keep` is needed to open: no headerless form
  // Of a header: does it say what the operator asked for? seal.header_mismatch.
  std::function<Status(const Json& header_fields)> agrees;
  std::function<Result<RootSecret>()> create;                                               // for sealing
  std::function<Result<crypto::Secret>(const Json& fields, const Json& keep)> derive;      // again, for opening
};

// The simulator's key, in a file of its own; made when it is first asked for, by sealing only (S31).
// $XDG_STATE_HOME/tee-tools/sim-seal.key, or ~/.local/state/tee-tools/sim-seal.key.
Result<Root> sim_root(const Env& env);

// Exact equality, for roots without limits that may grow.
Status same_fields(const Json& asked, const Json& header);

}  // namespace tee::seal
