// seal: secrets under a root of this machine.
#include "base/encoding.h"
#include "cli/seal/commands.h"
#include "cli/seal/data.h"
#include "cli/seal/roots.h"
#include "seal/machine.h"

namespace tee::cli {

namespace {

constexpr Option kOptions[] = {
    {.name = "--form", .takes = Takes::one, .type = Type::choice, .value = "FORM", .group = "Form",
     .help = "chunked: any size, versioned; seed: nonce, ciphertext, tag", .choices = "chunked seed", .fallback = "chunked"},
    {.name = "--recovery", .takes = Takes::many, .type = Type::text, .value = "RECIPIENT", .group = "Form",
     .help = "who else can open it: age1... or x25519:HEX"},
    {.name = "--no-recovery", .group = "Form", .help = "nobody else: when the machine is gone, so is the secret"},
};

Result<std::vector<seal::Recipient>> read_recovery(const Run& run) {
  std::vector<seal::Recipient> out;
  for (const std::string& text : run.args.values("--recovery")) {
    TEE_TRY(seal::Recipient to, seal::read_recipient(text));
    out.push_back(std::move(to));
  }
  if (!out.empty() && run.args.has("--no-recovery")) return fail(code::usage_conflict, "--recovery and --no-recovery exclude each other");
  if (out.size() > 16) return fail(code::usage_value, "at most 16 recovery recipients are possible");
  return out;
}

Result<Exit> run_seal(Run& run) {
  protect(run);
  TEE_TRY(const std::string key_id, read_key_id(run));
  TEE_TRY(const seal::Root root, read_root(run, RootUse::seal));
  const std::string form = run.args.value("--form").value_or("chunked");
  if (form != "chunked" && form != "seed") return fail(code::usage_value, "--form is one of: chunked seed; not " + printable(form, 64));
  TEE_TRY(std::vector<seal::Recipient> recovery, read_recovery(run));
  if (form == "seed" && !recovery.empty()) return fail(code::usage_conflict, "the seed form has no place for a recovery recipient");
  if (form == "seed" && root.keeps) return fail(code::usage_conflict, "the root " + root.name + " needs a header, which the seed form lacks");
  const seal::SealRequest request{root, key_id, std::move(recovery)};
  TEE_TRY(DataRun data, DataRun::open(run, Carries::sealed));
  const auto size = form == "seed" ? seal::seal_seed(request, data.in(), data.out()) : seal::seal_data(request, data.in(), data.out());
  if (!size) return data.finish(tl::unexpected(size.error()));
  return data.finish(Json{{"form", form}, {"root", root.name}, {"key_id", key_id}, {"bytes", *size}, {"simulated", root.name == "sim"},
                          {"output", printable(run.show.output.value_or("-"))}});
}

constexpr Example kExamples[] = {
    {"a secret for the simulator", "tee-seal seal --root sim --key-id db -o db.sealed password"},
    {"a stream of any size", "tar c data | tee-seal seal --root sim --key-id backup -o backup.sealed"},
};

}  // namespace

Command seal_command() {
  return {.name = "seal", .summary = "seal data under a root of this machine", .arguments = "[FILE|-]", .formats = "json text",
          .options = {root_options(RootUse::seal), kOptions}, .examples = kExamples, .run = run_seal, .data_on_stdout = true};
}

}  // namespace tee::cli
