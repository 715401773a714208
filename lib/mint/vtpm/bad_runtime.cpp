// Runtime data that a genuine report binds, but from which no attestation key may be taken.
#include "base/encoding.h"
#include "mint/vtpm/scene.h"

namespace tee::mint::vtpm {

namespace {

Row& bad(std::vector<Row>& rows, std::string name, std::string what) {
  return rows.emplace_back(Row{std::move(name), std::move(what), 1, "input.malformed"});
}

void runtime(std::vector<Row>& rows, std::string name, std::string what, std::function<void(Json&)> change) {
  bad(rows, std::move(name), std::move(what)).scene = [change = std::move(change)](Scene& s) {
    change(s.runtime);
  };
}

void text(std::vector<Row>& rows, std::string name, std::string what, std::function<void(Bytes&)> change) {
  bad(rows, std::move(name), std::move(what)).scene = [change = std::move(change)](Scene& s) {
    s.runtime_text = change;
  };
}

void add_keys(std::vector<Row>& rows) {
  runtime(rows, "bad-ak-twice", "two attestation keys", [](Json& r) { r["keys"].push_back(r["keys"][0]); });
  runtime(rows, "bad-ak-absent", "only the encryption key", [](Json& r) { r["keys"].erase(0); });
  runtime(rows, "bad-ak-other-case", "a kid in other case",
          [](Json& r) { r["keys"][0]["kid"] = "hclakpub"; });
  runtime(rows, "bad-ak-exponent-1", "an exponent under which every message is its own signature",
          [](Json& r) { r["keys"][0]["e"] = "AQ"; });
  runtime(rows, "bad-ak-exponent-3", "another exponent than 65537",
          [](Json& r) { r["keys"][0]["e"] = "Aw"; });
  runtime(rows, "bad-ak-1024-bits", "a key of 1024 bits", [](Json& r) {
    Bytes n(128, 0xc3);
    r["keys"][0]["n"] = base64(n, Base64::url);
  });
  runtime(rows, "bad-ak-ec", "the key says that it is no RSA key",
          [](Json& r) { r["keys"][0]["kty"] = "EC"; });
  runtime(rows, "bad-ak-no-modulus", "no modulus", [](Json& r) { r["keys"][0].erase("n"); });
  runtime(rows, "bad-ak-padded", "a modulus in base64url with padding",
          [](Json& r) { r["keys"][0]["n"] = r["keys"][0]["n"].get<std::string>() + "=="; });
  runtime(rows, "bad-keys-object", "keys is no list", [](Json& r) { r["keys"] = r["keys"][0]; });
}

void add_text(std::vector<Row>& rows) {
  text(rows, "bad-runtime-duplicate-key", "a member occurs twice", [](Bytes& b) {
    const std::string_view twice = R"({"keys":[],)";
    b.erase(b.begin());
    b.insert(b.begin(), twice.begin(), twice.end());
  });
  text(rows, "bad-runtime-escaped-duplicate", "a member occurs twice, once in another spelling",
       [](Bytes& b) {
         const std::string_view twice = R"({"k\u0065ys":[],)";
         b.erase(b.begin());
         b.insert(b.begin(), twice.begin(), twice.end());
       });
  text(rows, "bad-runtime-nul-bound", "the bound runtime data ends with a NUL",
       [](Bytes& b) { b.push_back(0); });
  text(rows, "bad-runtime-array", "the runtime data is no object", [](Bytes& b) {
    b.insert(b.begin(), '[');
    b.push_back(']');
  });
  runtime(rows, "bad-user-data-short", "user data of 63 bytes",
          [](Json& r) { r["user-data"] = std::string(126, 'a'); });
  runtime(rows, "bad-user-data-no-hex", "user data that is no hex",
          [](Json& r) { r["user-data"] = std::string(128, 'z'); });
}

}  // namespace

void add_runtime_rows(std::vector<Row>& rows) {
  add_keys(rows);
  add_text(rows);
}

}  // namespace tee::mint::vtpm
