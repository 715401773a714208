// unseal: the other way round.
#include "base/encoding.h"
#include "cli/seal/commands.h"
#include "cli/seal/data.h"
#include "cli/seal/roots.h"
#include "evidence/byte_argument.h"
#include "seal/machine.h"

namespace tee::cli {

namespace {

constexpr std::string_view kForms = "chunked seed tenzro-legacy";

constexpr Option kOptions[] = {
    {.name = "--form", .takes = Takes::one, .type = Type::choice, .value = "FORM", .group = "Form",
     .help = "the form of the sealed data; none is tried after another", .choices = kForms, .fallback = "chunked"},
    {.name = "--recovery-key", .takes = Takes::one, .type = Type::path, .value = "FILE", .group = "Form",
     .help = "open with this private key instead of a root"},
    {.name = "--vendor-tag", .takes = Takes::one, .type = Type::text, .value = "TAG", .group = "Form",
     .help = "tenzro-legacy: intel-tdx, amd-sev-snp or aws-nitro"},
    {.name = "--platform-measurement", .takes = Takes::one, .type = Type::bytes, .value = "B", .group = "Form",
     .help = "tenzro-legacy: the 32 bytes that were set, if any"},
};

Result<Exit> run_legacy(Run& run) {
  seal::TenzroLegacy legacy;
  if (run.args.has("--root") || run.args.has("--recovery-key")) return fail(code::usage_conflict, "the form tenzro-legacy has no root: its key is made of public values");
  TEE_TRY(legacy.key_id, read_key_id(run));
  const auto tag = run.args.value("--vendor-tag");
  if (!tag) return fail(code::usage_conflict, "--vendor-tag is missing", "intel-tdx, amd-sev-snp or aws-nitro");
  legacy.vendor_tag = *tag;
  if (const auto m = run.args.value("--platform-measurement")) {
    TEE_TRY(legacy.measurement, read_byte_argument(*m));
    if (legacy.measurement->size() != 32) return fail(code::usage_value, "--platform-measurement has 32 bytes");
  }
  run.note("warning: this form is sealed under public values; anybody who has the data can open it. Seal it anew, and change the secret");
  TEE_TRY(DataRun data, DataRun::open(run, Carries::plaintext));
  const auto size = seal::unseal_tenzro(legacy, data.in(), data.out());
  if (!size) return data.finish(tl::unexpected(size.error()));
  return data.finish(Json{{"form", "tenzro-legacy"}, {"root", nullptr}, {"key_id", legacy.key_id}, {"bytes", *size}, {"simulated", false},
                          {"output", printable(run.show.output.value_or("-"))}});
}

Result<Exit> run_recovery(Run& run, const std::string& file) {
  if (run.args.has("--root") || run.args.has("--key-id")) return fail(code::usage_conflict, "--recovery-key opens without --root and --key-id");
  TEE_TRY(seal::Feed key_file, open_feed(file));
  TEE_TRY(const crypto::X25519Pair identity, seal::read_identity(key_file));
  TEE_TRY(DataRun data, DataRun::open(run, Carries::plaintext));
  const auto size = seal::recover_data(identity, data.in(), data.out());
  if (!size) return data.finish(tl::unexpected(size.error()));
  return data.finish(Json{{"form", "chunked"}, {"root", nullptr}, {"key_id", nullptr}, {"bytes", *size}, {"simulated", false},
                          {"output", printable(run.show.output.value_or("-"))}});
}

Result<Exit> run_unseal(Run& run) {
  protect(run);
  const std::string form = run.args.value("--form").value_or("chunked");
  if (form != "tenzro-legacy" && (run.args.has("--vendor-tag") || run.args.has("--platform-measurement")))
    return fail(code::usage_conflict, "--vendor-tag and --platform-measurement belong to --form tenzro-legacy");
  if (form == "tenzro-legacy") return run_legacy(run);
  if (form != "chunked" && form != "seed") return fail(code::usage_value, "--form is one of: " + std::string(kForms) + "; not " + printable(form, 64));
  if (const auto file = run.args.value("--recovery-key")) {
    if (form == "seed") return fail(code::usage_conflict, "the seed form has no recovery recipient");
    return run_recovery(run, *file);
  }
  TEE_TRY(const std::string key_id, read_key_id(run));
  TEE_TRY(const seal::Root root, read_root(run, RootUse::unseal));
  if (form == "seed" && root.keeps) return fail(code::usage_conflict, "the root " + root.name + " needs a header, which the seed form lacks");
  const seal::UnsealRequest request{root, key_id};
  TEE_TRY(DataRun data, DataRun::open(run, Carries::plaintext));
  const auto size = form == "seed" ? seal::unseal_seed(request, data.in(), data.out()) : seal::unseal_data(request, data.in(), data.out());
  if (!size) return data.finish(tl::unexpected(size.error()));
  return data.finish(Json{{"form", form}, {"root", root.name}, {"key_id", key_id}, {"bytes", *size}, {"simulated", root.name == "sim"},
                          {"output", printable(run.show.output.value_or("-"))}});
}

constexpr Example kExamples[] = {
    {"what was sealed here", "tee-seal unseal --root sim --key-id db -o password db.sealed"},
    {"when the machine is gone", "tee-seal unseal --recovery-key recovery.key -o password db.sealed"},
};

}  // namespace

Command unseal_command() {
  return {.name = "unseal", .summary = "open what was sealed on this machine", .arguments = "[FILE|-]", .formats = "json text",
          .options = {root_options(RootUse::unseal), kOptions}, .examples = kExamples, .run = run_unseal, .data_on_stdout = true};
}

}  // namespace tee::cli
