// nonce: random and stateless nonces (rule S4).
#include "base/encoding.h"
#include "cli/appraisal.h"
#include "cli/commands.h"
#include "verify/nonce.h"

namespace tee::cli {

namespace {

constexpr Option kNonceOptions[] = {
    {.name = "--size", .takes = Takes::one, .type = Type::number, .value = "N", .group = "Nonce",
     .help = "bytes of a random nonce, 16 to 64", .fallback = "32"},
    {.name = "--nonce-key", .takes = Takes::one, .type = Type::path, .value = "FILE", .group = "Nonce",
     .help = "make a stateless nonce of 64 bytes with this key"},
    {.name = "--audience", .takes = Takes::one, .type = Type::text, .value = "A", .group = "Nonce",
     .help = "the name of this verifier"},
    {.name = "--ttl", .takes = Takes::one, .type = Type::duration, .value = "D", .group = "Nonce",
     .help = "lifetime of a stateless nonce, at most 10m", .fallback = "5m"},
};

Result<Exit> run_nonce(Run& run) {
  if (!run.args.positionals().empty()) return fail(code::usage_surplus_value, "nonce takes no arguments");
  TEE_TRY(const auto key, read_nonce_key(run.args));
  TEE_TRY(const auto ttl, read_duration(run.args, "--ttl"));
  if (key && run.args.has("--size")) return fail(code::usage_conflict, "a stateless nonce has 64 bytes; --size is for random ones");
  if (!key && ttl) return fail(code::usage_conflict, "--ttl is for stateless nonces; they need --nonce-key and --audience");
  Json out{{"schema", "tee.nonce/1"}, {"stateless", key.has_value()}};
  Bytes nonce;
  if (key) {
    const Seconds lifetime = ttl.value_or(Seconds(300));
    out["audience"] = printable(key->audience);
    out["expires_at"] = rfc3339(run.env.now() + lifetime);
    TEE_TRY(nonce, verify::make_stateless_nonce(run.env, key->key, key->audience, lifetime));
  } else {
    std::uint64_t size = 32;
    if (run.args.has("--size")) {
      TEE_TRY(size, read_number(run.args, "--size", 16, 64));
    }
    nonce = verify::make_random_nonce(run.env, size);
  }
  out["nonce"] = hex(nonce);
  out["bytes"] = nonce.size();
  if (run.show.format == "raw" && !run.show.output && run.env.stdout_tty)
    return fail(code::usage_conflict, "raw bytes do not belong on a terminal", "name a file with -o");
  if (run.show.format == "raw") {
    TEE_CHECK(run.out.bytes(nonce));
  } else {
    TEE_CHECK(run.answer(out, hex(nonce) + "\n"));
  }
  return Exit::pass;
}

constexpr Example kNonceExamples[] = {
    {"a random nonce in a file, for --nonce @nonce.bin", "tee-verify nonce -f raw -o nonce.bin"},
    {"one that need not be remembered", "tee-verify nonce --nonce-key nonce.key --audience gate-7"},
};

}  // namespace

Command nonce_command() {
  return {.name = "nonce", .summary = "make a nonce", .arguments = "", .formats = "text json raw", .options = {kNonceOptions},
          .examples = kNonceExamples, .run = run_nonce};
}

}  // namespace tee::cli
