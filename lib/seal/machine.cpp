#include "seal/machine.h"

#include "base/encoding.h"
#include "crypto/digest.h"
#include "crypto/hpke.h"
#include "crypto/kdf.h"
#include "seal/codes.h"
#include "seal/state.h"

namespace tee::seal {

namespace {

using crypto::Aead;
using crypto::Secret;

constexpr std::size_t kSalt = 32, kFileKey = 32, kWrapped = kFileKey + crypto::kTagBytes;
constexpr std::array<std::uint8_t, crypto::kNonceBytes> kZeroNonce{};

Bytes context_of(std::string_view root, std::string_view key_id, const Json& fields, std::string_view use) {
  Bytes out;
  for (const std::string_view field : {std::string_view("tee-seal-1"), root, key_id}) crypto::append_field(out, as_bytes(field));
  crypto::append_field(out, as_bytes(json::dump(fields)));
  if (!use.empty()) crypto::append_field(out, as_bytes(use));
  return out;
}

// One message in HPKE base mode; the context is bound through info.
Json wrap_for_recovery(const Recipient& to, ByteView context, ByteView file_key) {
  auto sent = crypto::hpke_send(to.key, context);
  if (!sent) return nullptr;
  return {{"recipient", to.text}, {"enc", hex(sent->enc)}, {"wrapped", hex(sent->context.seal(as_bytes("recovery"), file_key))}};
}

Status check_root_and_id(const Json& header, const Root& root, const std::string& key_id) {
  TEE_TRY(const std::string header_root, header_text(header, "root"));
  if (header_root != root.name)
    return fail(code::seal_header_mismatch, "the blob was sealed with the root " + printable(header_root, 32) + ", not " + root.name);
  TEE_TRY(const std::string header_id, header_text(header, "key_id"));
  if (header_id != key_id)
    return fail(code::seal_header_mismatch, "the blob was sealed under the key id " + printable(header_id, 160) + ", not " + key_id);
  return {};
}

const Json& object_in(const Json& header, std::string_view name) {
  static const Json kEmpty = Json::object();
  const Json* found = json::find(header, name);
  return found && found->is_object() ? *found : kEmpty;
}

Status expect_machine(const BlobHeader& blob) {
  if (blob.kind != Kind::machine)
    return fail(code::seal_header_mismatch, "the blob is sealed to an attested key, not to a machine", "open it with tee-seal decrypt");
  TEE_TRY(const std::string aead, header_text(blob.header, "aead"));
  if (aead != crypto::to_string(Aead::aes256_gcm)) return fail(code::seal_malformed, "the header names an unknown cipher");
  return {};
}

Result<std::uint64_t> put_single(ByteView key, Feed& plain, const Sink& out) {
  TEE_TRY(const Secret text, read_whole(plain, kLargestSeed));
  Bytes sealed(crypto::kNonceBytes + text.size() + crypto::kTagBytes);
  const std::span<std::uint8_t> nonce = std::span(sealed).first(crypto::kNonceBytes);
  crypto::random_bytes(nonce);
  crypto::AeadKey(Aead::aes256_gcm, key).seal(nonce, {}, text.view(), std::span(sealed).subspan(crypto::kNonceBytes));
  TEE_CHECK(out(sealed));
  return text.size();
}

Result<std::uint64_t> take_single(ByteView key, Feed& sealed, const Sink& out) {
  TEE_TRY(const Secret all, read_whole(sealed, kLargestSeed + crypto::kNonceBytes + crypto::kTagBytes));
  if (all.size() < crypto::kNonceBytes + crypto::kTagBytes)
    return fail(code::seal_truncated, "nonce and tag alone have 28 bytes; there are " + std::to_string(all.size()));
  const auto text = crypto::aead_open(Aead::aes256_gcm, key, all.view().first(crypto::kNonceBytes), {}, all.view().subspan(crypto::kNonceBytes));
  if (!text) return fail(code::seal_not_ours, "the data do not open: sealed with another key, or changed");
  TEE_CHECK(out(text->view()));
  return text->size();
}

}  // namespace

Status check_key_id(std::string_view key_id) {
  constexpr std::string_view kAllowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/@+-";
  if (!key_id.empty() && key_id.size() <= 128 && key_id.find_first_not_of(kAllowed) == std::string_view::npos) return {};
  return fail(code::usage_value, "a key id has 1 to 128 of the characters A-Z a-z 0-9 . _ : / @ + -");
}

Result<std::uint64_t> seal_data(const SealRequest& r, Feed& plain, const Sink& out) {
  TEE_TRY(const RootSecret root, r.root.create());
  const Secret file_key = Secret::random(kFileKey);
  const auto salt = crypto::random_array<kSalt>();
  const Bytes context = context_of(r.root.name, r.key_id, r.root.fields, {});
  const Secret wrap_key = crypto::hkdf(salt, root.secret.view(), {context}, 32);
  const Bytes wrapped = crypto::aead_seal(Aead::aes256_gcm, wrap_key.view(), kZeroNonce, context, file_key.view());
  // A root that would not give the key back is found now, not after a restart (S35).
  TEE_TRY(const Secret again, r.root.derive(r.root.fields, root.keep));
  const auto opened = crypto::aead_open(Aead::aes256_gcm, crypto::hkdf(salt, again.view(), {context}, 32).view(), kZeroNonce, context, wrapped);
  if (!opened || !equal_constant_time(opened->view(), file_key.view()))
    return fail(code::platform_failed, "the root gives another key when it is asked again; nothing was sealed");
  Json header{{"aead", crypto::to_string(Aead::aes256_gcm)}, {"fields", r.root.fields}, {"key_id", r.key_id}, {"root", r.root.name},
              {"salt", hex(salt)}, {"wrapped", hex(wrapped)}};
  if (!root.keep.empty()) header["keep"] = root.keep;
  for (const Recipient& to : r.recovery) {
    Json stanza = wrap_for_recovery(to, context, file_key.view());
    if (stanza.is_null()) return fail(code::usage_value, "the recovery recipient is no usable key: a point of low order");
    header["recovery"].push_back(std::move(stanza));
  }
  return write_blob(Kind::machine, header, file_key.view(), Aead::aes256_gcm, plain, out);
}

Result<std::uint64_t> unseal_data(const UnsealRequest& r, Feed& sealed, const Sink& out) {
  TEE_TRY(const BlobHeader blob, read_header(sealed));
  TEE_CHECK(expect_machine(blob));
  TEE_CHECK(check_root_and_id(blob.header, r.root, r.key_id));
  const Json& fields = object_in(blob.header, "fields");
  TEE_CHECK(r.root.agrees(fields));
  TEE_TRY(const Bytes salt, header_bytes(blob.header, "salt", kSalt));
  TEE_TRY(const Bytes wrapped, header_bytes(blob.header, "wrapped", kWrapped));
  TEE_TRY(const Secret root, r.root.derive(fields, object_in(blob.header, "keep")));
  const Bytes context = context_of(r.root.name, r.key_id, fields, {});
  const Secret wrap_key = crypto::hkdf(salt, root.view(), {context}, 32);
  const auto file_key = crypto::aead_open(Aead::aes256_gcm, wrap_key.view(), kZeroNonce, context, wrapped);
  if (!file_key) return fail(code::seal_not_ours, "the root " + r.root.name + " of this machine does not open the blob");
  return read_blob(blob, file_key->view(), Aead::aes256_gcm, sealed, out);
}

Result<std::uint64_t> recover_data(const crypto::X25519Pair& identity, Feed& sealed, const Sink& out) {
  TEE_TRY(const BlobHeader blob, read_header(sealed));
  TEE_CHECK(expect_machine(blob));
  TEE_TRY(const std::string root, header_text(blob.header, "root"));
  TEE_TRY(const std::string key_id, header_text(blob.header, "key_id"));
  const Bytes context = context_of(root, key_id, object_in(blob.header, "fields"), {});
  const Json* stanzas = json::find(blob.header, "recovery");
  if (!stanzas || !stanzas->is_array()) return fail(code::seal_not_ours, "the blob was sealed without a recovery key");
  for (const Json& stanza : *stanzas) {
    TEE_TRY(const Bytes enc, header_bytes(stanza, "enc", 32));
    TEE_TRY(const Bytes wrapped, header_bytes(stanza, "wrapped", kWrapped));
    auto context_of_key = crypto::hpke_receive(identity, enc, context);
    const auto file_key = context_of_key ? context_of_key->open(as_bytes("recovery"), wrapped) : std::nullopt;
    if (file_key) return read_blob(blob, file_key->view(), Aead::aes256_gcm, sealed, out);
  }
  return fail(code::seal_not_ours, "the blob was not sealed for this recovery key");
}

Result<std::uint64_t> seal_seed(const SealRequest& r, Feed& plain, const Sink& out) {
  TEE_TRY(const RootSecret root, r.root.create());
  return put_single(crypto::hkdf({}, root.secret.view(), {context_of(r.root.name, r.key_id, r.root.fields, "seed")}, 32).view(), plain, out);
}

Result<std::uint64_t> unseal_seed(const UnsealRequest& r, Feed& sealed, const Sink& out) {
  TEE_TRY(const Secret root, r.root.derive(r.root.fields, Json::object()));
  return take_single(crypto::hkdf({}, root.view(), {context_of(r.root.name, r.key_id, r.root.fields, "seed")}, 32).view(), sealed, out);
}

Result<std::uint64_t> unseal_tenzro(const TenzroLegacy& r, Feed& sealed, const Sink& out) {
  std::string digits;
  for (std::size_t i = 0; i < r.key_id.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash != (r.key_id[i] == '-')) return fail(code::usage_value, "the key id of this form is a UUID");
    if (!dash) digits += r.key_id[i];
  }
  const auto uuid = from_hex(digits);
  if (!uuid || uuid->size() != 16) return fail(code::usage_value, "the key id of this form is a UUID");
  Bytes identity = *uuid;
  append(identity, as_bytes(r.vendor_tag));
  if (r.measurement) append(identity, *r.measurement);
  const auto inner = crypto::sha256(identity);
  const Secret input = Secret::joined({inner, as_bytes("aes256gcm-enclave-key")});
  auto key = crypto::sha256(input.view());
  const auto done = take_single(key, sealed, out);
  crypto::wipe(key);
  return done;
}

}  // namespace tee::seal
