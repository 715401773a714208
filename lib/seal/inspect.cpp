#include "seal/inspect.h"

#include "seal/blob.h"
#include "seal/codes.h"

namespace tee::seal {

namespace {

Json about(std::string_view form, Json details) {
  return {{"schema", "tee.sealed/1"}, {"form", form}, {"authenticated", false}, {"details", std::move(details)}};
}

}  // namespace

Result<Json> inspect(Feed& from) {
  TEE_CHECK(from.peek(4096));
  if (looks_like_blob(from.ahead())) {
    TEE_TRY(const BlobHeader blob, read_header(from));
    Json details = blob.header;
    const auto root = json::text_of(details, "root");
    details["simulated"] = root == "sim";
    return about(blob.kind == Kind::machine ? "chunked" : "exchange", std::move(details));
  }
  return fail(code::seal_malformed, "the data are of no form that can be recognised",
              "the seed form, nonce, ciphertext and tag, looks like noise: only unseal --form seed can tell");
}

}  // namespace tee::seal
