#include "cli/seal/roots.h"

#include "base/encoding.h"
#include "seal/codes.h"
#include "seal/machine.h"

namespace tee::cli {

namespace {

constexpr std::string_view kGroup = "Root";
constexpr std::string_view kRoots = "sim tdx nitro nvidia";

constexpr Option kOptions[] = {
    {.name = "--root", .takes = Takes::one, .type = Type::choice, .value = "ROOT", .group = kGroup, .help = "where the key comes from",
     .choices = kRoots},
    {.name = "--key-id", .takes = Takes::one, .type = Type::text, .value = "NAME", .group = kGroup,
     .help = "which key: every name has its own"},
};

}  // namespace

std::span<const Option> root_options(RootUse) { return kOptions; }

Result<std::string> read_key_id(const Run& run) {
  const auto id = run.args.value("--key-id");
  if (!id) return fail(code::usage_conflict, "--key-id is missing", "a name of your own for the key, the same for sealing and unsealing");
  TEE_CHECK(seal::check_key_id(*id));
  return *id;
}

Result<seal::Root> read_root(const Run& run, RootUse) {
  const auto name = run.args.value("--root");
  if (!name) return fail(code::usage_conflict, "--root is missing", "one of: " + std::string(kRoots));
  if (*name == "sim") return seal::sim_root(run.env);
  if (*name == "tdx" || *name == "nvidia")
    return fail(code::seal_root_absent, "a " + *name + " guest has no sealing root: the hardware gives it no key that outlives the guest",
                "send the secret to the running guest: tee-seal keygen there, tee-seal encrypt here");
  if (*name == "nitro")
    return fail(code::seal_root_absent, "an enclave has no sealing root of its own; AWS KMS holds the key and answers to its measurement",
                "or send the secret to the running enclave: tee-seal keygen there, tee-seal encrypt here");
  return fail(code::usage_value, "--root is one of: " + std::string(kRoots) + "; not " + printable(*name, 64));
}

}  // namespace tee::cli
