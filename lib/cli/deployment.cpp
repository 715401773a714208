#include "cli/deployment.h"

#include "base/encoding.h"
#include "verify/onchain.h"

namespace tee::cli {

namespace {

// An empty variable is one that the manager had nothing for.
std::optional<std::string> variable(const Env& env, const char* name) {
  auto value = env.getenv(name);
  return value && !value->empty() ? value : std::nullopt;
}

// They can only narrow what is accepted; questions, keys and acceptance stay with the command line.
Result<verify::Blueprint> read_blueprint(const Env& env) {
  verify::Blueprint out;
  const auto cloud = variable(env, "BLUEPRINT_TEE_PROVIDER"), backend = variable(env, "BLUEPRINT_TEE_BACKEND");
  if (!cloud)
    return fail(code::usage_conflict, "--blueprint-env: BLUEPRINT_TEE_PROVIDER is not set",
                "the blueprint manager sets it when it calls its verify command; leave --blueprint-env out elsewhere");
  TEE_TRY(out.accepted, verify::providers_of_deployment(*cloud, backend));
  out.cloud = *cloud;
  out.backend = backend.value_or("");
  out.deployment_id = printable(variable(env, "BLUEPRINT_TEE_DEPLOYMENT_ID").value_or(""));
  out.instance_id = printable(variable(env, "BLUEPRINT_TEE_INSTANCE_ID").value_or(""));
  return out;
}

}  // namespace

Status read_deployment(const Arguments& args, const Env& env, verify::Questions& into) {
  if (const auto hash = args.value("--onchain-hash")) {
    TEE_TRY(into.onchain_hash, verify::parse_onchain_hash(*hash));
  }
  if (args.has("--blueprint-env")) {
    if (args.positionals().size() > 1) return fail(code::usage_conflict, "--blueprint-env judges the evidence of one deployment", "name one file");
    TEE_TRY(into.blueprint, read_blueprint(env));
  }
  return {};
}

void put_deployment(const verify::Questions& q, Json& result) {
  if (!q.blueprint) return;
  const auto text = [](const std::string& s) { return s.empty() ? Json(nullptr) : Json(s); };
  result["blueprint"] = {{"provider", q.blueprint->cloud},
                         {"backend", text(q.blueprint->backend)},
                         {"deployment_id", text(q.blueprint->deployment_id)},
                         {"instance_id", text(q.blueprint->instance_id)}};
}

}  // namespace tee::cli
