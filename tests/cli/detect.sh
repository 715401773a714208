#!/usr/bin/env bash
# tee-detect: machines of every kind, made here as file-system roots.
. "$(dirname "$0")/common.sh"
need detect python3
detect=$TEE_BUILD/tee-detect
for name in $(env | sed -n 's/^\(TEE_SIMULATE\|TENZRO_SIMULATE_[A-Z_]*\)=.*/\1/p'); do unset "$name"; done

# A root with a machine in it. Device nodes are links to /dev/null, which is a character device too; so no rights to make
# nodes are needed.
begin() {
  root=$work/$1
  mkdir -p "$root/dev" "$root/proc/sys/kernel" "$root/sys/class/dmi/id" "$root/etc"
  printf 'processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Test Processor 9\ncpu family\t: 6\nphysical id\t: 0\ncore id\t: 0\nflags\t\t: fpu %s\n\nprocessor\t: 1\nphysical id\t: 0\ncore id\t: 0\n\n' "${2:-}" >"$root/proc/cpuinfo"
  printf 'MemTotal:       16384000 kB\n' >"$root/proc/meminfo"
  echo 6.12.1-test >"$root/proc/sys/kernel/osrelease"
  printf 'NAME=Test\nPRETTY_NAME="Test Linux 1"\n' >"$root/etc/os-release"
}
node() { mkdir -p "$(dirname "$root$1")" && ln -s /dev/null "$root$1"; }
file() { mkdir -p "$(dirname "$root$1")" && printf '%b\n' "${2:-}" >"$root$1"; }
cpuid() { printf 'CPU:\n   0x00000001 0x00: eax=0x00000000 ebx=0x00000000 ecx=0x%s edx=0x00000000\n' "$1" >"$root/cpuid.txt"; shift; for line in "$@"; do echo "   $line" >>"$root/cpuid.txt"; done; }
guest=80000000 bare=00000000
socket() { mkdir -p "$(dirname "$root$1")" && (cd "$(dirname "$root$1")" && python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$(basename "$1")"); }

# look: the report of $root as one line per finding: provider/role/variant/class: capabilities
look() {
  run "$detect" --root "$root" "$@"
  found=$(python3 - "$work/.out" <<'P'
import json, sys
d = json.load(open(sys.argv[1]))
for f in d["findings"]: print("%s/%s/%s/%s: %s" % (f["provider"], f["role"], f["variant"], f["attestation_class"], " ".join(f["capabilities"])))
P
  )
}
is() { [ "$1" = "$2" ] || { err="got: $1"; false; }; }
ruled_out() { field /ruled_out | python3 -c 'import json, sys; print(*(p["what"] for f in json.load(sys.stdin) for p in f["problems"]), sep="\n")'; }
has_room() { "$verify" explain --claims -f ndjson >/dev/null; "$mint" list | grep -q "\"vendor\":\"$1\""; }
if ! has_room snp || ! has_room nitro || ! has_room nvidia || ! has_room gcp; then skip detect "this build lacks provider rooms"; exit 0; fi

begin nothing
look
check "an ordinary machine has nothing" is "$found" ""
check "and that is no error" [ "$status" -eq 0 ]
check "the report proves nothing and says so" [ "$(field /proof)" = false ]
check "the host: processor" [ "$(field /host/cpu/model)" = "Test Processor 9" -a "$(field /host/cpu/cores)" = 1 -a "$(field /host/cpu/threads)" = 2 ]
check "the host: memory, kernel, system" [ "$(field /host/memory_bytes)" = 16777216000 -a "$(field /host/kernel)" = 6.12.1-test -a "$(field /host/os)" = "Test Linux 1" ]
check "no CPUID of this processor under another root" [ "$(field /host/cpuid)" = none -a "$(field /host/hypervisor)" = null ]
check "and the report says so" contains "$(field /problems/0)" "cpuid.txt"
gives 5 "bad-nothing: --require any" "$detect" --root "$root" --require any
check "the reason is in the report" [ "$(field /requirement/reason)" = detect.required_absent ]
check "and on standard error" contains "$err" "this machine has no any"
check "nothing was chosen" [ "$(field /requirement/chosen)" = "[]" ]

begin snp; cpuid $guest '0x8000001f 0x00: eax=0x0000001a ebx=0x00000033 ecx=0x00000000 edx=0x00000000'
node /dev/sev-guest; file /sys/devices/platform/sev-guest/modalias platform:sev-guest; mkdir -p "$root/sys/kernel/config/tsm/report"
look
check "SNP guest" is "$found" "amd_sev_snp/guest/SNP/hardware: attest derived_key seal"
check "each sign is named" contains "$out" '"source":"cpuid 0x8000001f","strong":false,"value":"EAX 0x0000001a"'
gives 0 "--require snp" "$detect" --root "$root" --require snp
gives 0 "--require any" "$detect" --root "$root" --require any
gives 0 "--require tdx,snp: one of them is enough" "$detect" --root "$root" --require tdx,snp
gives 5 "bad-both: --require tdx --require snp" "$detect" --root "$root" --require tdx --require snp
check "what is missing is named" [ "$(field /requirement/missing)" = '[["tdx"]]' ]
check "what is there is named" [ "$(field /requirement/chosen)" = '["amd_sev_snp"]' ]
gives 0 "another spelling" "$detect" --root "$root" --require amd-sev-snp
gives 5 "bad-host: a guest is no host" "$detect" --root "$root" --require snp-host

begin snp-tsm; mkdir -p "$root/sys/kernel/config/tsm/report/someone"; file /sys/kernel/config/tsm/report/someone/provider sev_guest
look
check "SNP guest by configfs-tsm alone" is "$found" "amd_sev_snp/guest/SNP/hardware: attest"
check "the SNP guest is not called TDX" lacks "$found" intel_tdx

begin tsm-only; mkdir -p "$root/sys/kernel/config/tsm/report"
look
check "bad-weak: configfs-tsm without a provider is nobody's" is "$found" ""

begin snp-status; file /sys/hypervisor/sev/sev_status 7
look
check "SNP guest by its status register, without a driver" is "$found" "amd_sev_snp/guest/SNP/hardware: "
check "the remedy is a command" contains "$out" '"command":"sudo modprobe sev-guest"'

begin sev-es; file /sys/hypervisor/sev/sev_status 0x3
look
check "bad-sev-es: SEV-ES is no SNP" is "$found" ""
check "and is called what it is" contains "$(ruled_out)" "SEV-ES only"
gives 5 "bad-sev-es: --require snp" "$detect" --root "$root" --require snp
check "the reason names it" contains "$err" "SEV-ES only"

begin snp-cpuid; cpuid $guest '0x8000001f 0x00: eax=0x0000001a ebx=0x00000033 ecx=0x00000000 edx=0x00000000'
look
check "bad-weak: CPUID bits alone are no SNP guest" is "$found" ""

begin snp-touch; file /dev/sev-guest
look
check "bad-touch: a plain file is no device" is "$found" ""
check "and is reported" contains "$(ruled_out)" "/dev/sev-guest is not a character device"

begin snp-host; cpuid $bare '0x8000001f 0x00: eax=0x0101fd3f ebx=0x00004173 ecx=0x000003ee edx=0x00000064'
file /sys/module/kvm_amd/parameters/sev_snp Y; file /sys/module/kvm_amd/parameters/sev 1; node /dev/sev; node /dev/kvm
look
check "SNP host" is "$found" "amd_sev_snp/host/SNP/none: launch"
gives 0 "--require snp-host" "$detect" --root "$root" --require snp-host
gives 5 "bad-host: a host is not inside" "$detect" --root "$root" --require any

begin snp-host-off; cpuid $bare '0x8000001f 0x00: eax=0x0101fd3f ebx=0x00004173 ecx=0x000003ee edx=0x00000064'; file /sys/module/kvm_amd/parameters/sev_snp N
look
check "bad-off: a host that has SNP off" is "$found" ""
check "and what to do" contains "$(ruled_out)" "firmware setup"

begin tdx; cpuid $guest '0x00000021 0x00: eax=0x00000000 ebx=0x65746e49 ecx=0x20202020 edx=0x5844546c'
node /dev/tdx_guest; file /sys/firmware/acpi/tables/data/CCEL log; mkdir -p "$root/sys/devices/virtual/misc/tdx_guest/measurements"
head -c 48 /dev/zero | tee "$root/sys/devices/virtual/misc/tdx_guest/measurements/rtmr3:sha384" >"$root/sys/devices/virtual/misc/tdx_guest/measurements/mrtd:sha384"
head -c 36 /dev/zero >table.bin; printf '\002' >>table.bin; head -c 19 /dev/zero >>table.bin; cp table.bin "$root/sys/firmware/acpi/tables/CCEL"
look
check "TDX guest" is "$found" "intel_tdx/guest/TDX/hardware: attest extend event_log"
check "its registers are shown" [ "$(field /findings/0/details/registers/rtmr3)" = "$(printf '0%.0s' $(seq 96))" ]

begin ccel; mkdir -p "$root/sys/firmware/acpi/tables"; cp "$work/table.bin" "$root/sys/firmware/acpi/tables/CCEL"
look
check "bad-weak: a CCEL table alone is no TDX" is "$found" ""
check "but is shown" contains "$out" '"value":"kind 2"'

begin tdx-flag "hypervisor tdx_guest"
look
check "TDX guest by the kernel's flag, without a way to attest" is "$found" "intel_tdx/guest/TDX/hardware: "

begin tdx-host tdx_host_platform; file /sys/module/kvm_intel/parameters/tdx Y; node /dev/kvm
look
check "TDX host" is "$found" "intel_tdx/host/TDX/none: launch"
check "that cannot make quotes" contains "$out" "the quoting enclave cannot run"

begin sgx; cpuid $bare '0x00000007 0x00: eax=0x00000000 ebx=0x00000004 ecx=0x00000000 edx=0x00000000' '0x00000012 0x00: eax=0x00000003 ebx=0x00000000 ecx=0x00000000 edx=0x00000000'
node /dev/sgx_enclave; node /dev/sgx_provision
look
check "SGX machine" is "$found" "intel_sgx/device/SGX2/hardware: "
gives 0 "--require sgx" "$detect" --root "$root" --require sgx
gives 5 "bad-outside: an SGX machine is not inside an enclave" "$detect" --root "$root" --require any

begin gramine; file /dev/attestation/attestation_type dcap; mkdir "$root/dev/attestation/keys"
look
check "SGX enclave of a library operating system" is "$found" "intel_sgx/guest/SGX enclave/hardware: attest seal"
gives 0 "is inside" "$detect" --root "$root" --require any

begin enclave; node /dev/nsm; file /sys/bus/virtio/devices/virtio3/device 0x0021
look
check "Nitro enclave" is "$found" "aws_nitro/guest/enclave/hardware: attest extend"
gives 0 "--require nitro" "$detect" --root "$root" --require nitro

begin enclave-nodriver; file /sys/bus/virtio/devices/virtio3/device 0x0021
look
check "bad-weak: a virtio device without a driver" is "$found" ""
check "and its remedy" contains "$out" '"command":"modprobe nsm"'

begin parent; node /dev/nitro_enclaves; file /sys/class/dmi/id/sys_vendor 'Amazon EC2'
look
check "Nitro parent" is "$found" "aws_nitro/host/parent/none: launch"
check "the cloud is known" [ "$(field /host/cloud)" = aws ]
gives 0 "--require nitro-parent" "$detect" --root "$root" --require nitro-parent
gives 5 "bad-parent: a parent is no enclave" "$detect" --root "$root" --require nitro

begin nitrotpm hypervisor; node /dev/tpmrm0; file /sys/class/dmi/id/sys_vendor 'Amazon EC2'; file /sys/class/tpm/tpm0/tpm_version_major 2
look
check "NitroTPM is a vTPM" is "$found" "$(printf 'aws_nitro/guest/NitroTPM/vtpm: \ntpm/device/vTPM 2.0/vtpm: attest extend seal')"
gives 5 "bad-nitrotpm: it is no enclave" "$detect" --root "$root" --require nitro
gives 5 "bad-nitrotpm: nor a TEE" "$detect" --root "$root" --require any
gives 0 "--require nitrotpm" "$detect" --root "$root" --require nitrotpm

hv='0x40000000 0x00: eax=0x4000000c ebx=0x7263694d ecx=0x666f736f edx=0x76482074'
azure() { file /sys/class/dmi/id/chassis_asset_tag 7783-7084-3265-9085-8269-3286-77; file /sys/class/dmi/id/sys_vendor 'Microsoft Corporation'; node /dev/tpmrm0; }
begin azure-snp; azure; cpuid $guest "$hv" '0x40000003 0x00: eax=0x00000000 ebx=0x00400000 ecx=0x00000000 edx=0x00000000' '0x4000000c 0x00: eax=0x00000001 ebx=0x00000002 ecx=0x00000000 edx=0x00000000'
look
check "Azure confidential VM on SNP" is "$(head -1 <<<"$found")" "azure_cvm/guest/SNP/hardware-via-paravisor: attest extend seal"
check "before its vTPM" contains "$(tail -1 <<<"$found")" "tpm/device/vTPM 2.0/vtpm"
check "hypervisor and cloud are known" [ "$(field /host/hypervisor)" = Hyper-V -a "$(field /host/cloud)" = azure ]
gives 0 "--require azure" "$detect" --root "$root" --require azure
gives 5 "bad-paravisor: it has no SNP device of its own" "$detect" --root "$root" --require snp
gives 0 "the chosen one is first" "$detect" --root "$root" --require tpm
check "even before a better class" [ "$(field /findings/0/provider)" = tpm ]

begin azure-tdx; azure; cpuid $guest "$hv" '0x40000003 0x00: eax=0x00000000 ebx=0x00400000 ecx=0x00000000 edx=0x00000000' '0x4000000c 0x00: eax=0x00000001 ebx=0x00000003 ecx=0x00000000 edx=0x00000000'
look
check "Azure confidential VM on TDX" contains "$found" "azure_cvm/guest/TDX/hardware-via-paravisor"

begin azure-trusted; azure; cpuid $guest "$hv" '0x40000003 0x00: eax=0x00000000 ebx=0x00000000 ecx=0x00000000 edx=0x00000000'
look
check "bad-trusted-launch: an Azure machine with a vTPM is not confidential" is "$found" "tpm/device/vTPM 2.0/vtpm: attest extend seal"

begin azure-nocpuid hypervisor; azure
look
check "bad-no-cpuid: nor is one whose CPUID is unknown" lacks "$found" azure_cvm
check "the report says what is lacking" contains "$(ruled_out)" "without CPUID facts"

begin gcp; file /sys/class/dmi/id/product_name 'Google Compute Engine'; socket /run/container_launcher/teeserver.sock; node /dev/tdx_guest
look
check "Confidential Space stands after the hardware itself" is "$found" "$(printf 'intel_tdx/guest/TDX/hardware: attest\ngcp_confidential/guest/Confidential Space/token-service: attest')"
begin gcp-vm; file /sys/class/dmi/id/product_name 'Google Compute Engine'; file /run/container_launcher/attestation_verifier_claims_token eyJ
look
check "bad-token-file: a machine of Google with a token file is no Confidential Space" is "$found" ""
check "and the file is not believed" contains "$(ruled_out)" "copied here from anywhere"

begin gpu; file /sys/bus/pci/devices/0000:01:00.0/vendor 0x10de; file /sys/bus/pci/devices/0000:01:00.0/class 0x030200; file /sys/bus/pci/devices/0000:01:00.0/device 0x2331
file /proc/driver/nvidia/gpus/0000:01:00.0/information 'Model: \t\t NVIDIA H100 PCIe'
look
check "bad-weak: a GPU is seen, but its mode is not known" is "$found" ""
check "the GPU is a fact of the host" [ "$(field /host/gpus/0/model)" = "NVIDIA H100 PCIe" -a "$(field /host/gpus/0/device)" = 0x2331 ]

begin tpm; cpuid $bare; node /dev/tpm0; file /sys/class/tpm/tpm0/tpm_version_major 2
look
check "a TPM of a physical machine" is "$found" "tpm/device/TPM 2.0/tpm: attest extend seal"
begin tpm12; node /dev/tpm0; file /sys/class/tpm/tpm0/tpm_version_major 1
look
check "bad-tpm-1.2" is "$found" ""

# What is foreign stays foreign.
begin rude; file /sys/class/dmi/id/sys_vendor x; file /proc/sys/kernel/osrelease '6.1\033[31m\u202e'; node /dev/nsm
printf 'CPU:\nnonsense\n' >"$root/cpuid.txt"
look
check "bad-cpuid-file: is reported by line" contains "$(field /problems/0)" "line 2 is not a line of"
check "bad-escape: controls do not reach the output" lacks "$out" "$(printf '\033')"
run "$detect" -f text --root "$root"
check "nor the text" lacks "$out" "$(printf '\033')"
head -c 1100000 /dev/zero >"$root/cpuid.txt"
gives 0 "bad-huge: a huge file under the root" "$detect" --root "$root"
rm "$root/cpuid.txt" && mkfifo "$root/cpuid.txt"
if command -v timeout >/dev/null; then run timeout 10 "$detect" --root "$root"; check "bad-fifo: a pipe under the root does not hang the tool" [ "$status" -eq 0 ]; fi

# The text: strong signs, and with -v all of them.
root=$work/snp
run "$detect" -f text --root "$root"
check "text names the machine" contains "$out" "Test Processor 9, 1 cores, 2 threads, 15.6 GiB"
check "text names the finding" contains "$out" "amd_sev_snp SNP"
check "text shows strong signs" contains "$out" "/dev/sev-guest: character device"
check "text leaves weak ones out" lacks "$out" "cpuid 0x8000001f"
check "text says that it is no proof" contains "$out" "Only evidence that tee-verify passes is proof."
run "$detect" -v -f text --root "$root"
check "-v shows weak signs" contains "$out" "cpuid 0x8000001f: EAX 0x0000001a (weak)"

# Simulation.
begin simulated
run env TEE_SIMULATE=snp "$detect" --root "$root"
check "a simulation is shown as one" [ "$(field /findings/0/attestation_class)" = simulated -a "$(field /findings/0/simulated)" = true ]
check "and its variable" [ "$(field /simulation/variables/0/name)" = TEE_SIMULATE ]
gives 5 "bad-simulated: it meets no requirement" env TEE_SIMULATE=snp "$detect" --root "$root" --require snp
check "the reason says so" [ "$(field /requirement/reason)" = detect.required_simulated ]
gives 0 "unless allowed" env TEE_SIMULATE=snp,tdx "$detect" --root "$root" --require tdx --allow-simulated
for variable in TENZRO_SIMULATE_TDX TENZRO_SIMULATE_SEV TENZRO_SIMULATE_SEV_SNP TENZRO_SIMULATE_NITRO TENZRO_SIMULATE_NSM TENZRO_SIMULATE_GPU TENZRO_SIMULATE_NVIDIA; do
  run env $variable=true "$detect" --root "$root"
  check "$variable=true is listed" [ "$(field /simulation/variables/0/name)" = $variable -a "$(field /findings/0/simulated)" = true ]
done
run env TENZRO_SIMULATE_TDX=0 "$detect" --root "$root"
check "0 is no simulation" [ "$(field /simulation/variables)" = "[]" ]
gives 2 "bad-simulate: an unknown provider" env TEE_SIMULATE=snap "$detect"
root=$work/snp
run env TEE_SIMULATE=tdx "$detect" --root "$root" --require any --allow-simulated
check "hardware stands before a simulation" [ "$(field /findings/0/provider)" = amd_sev_snp ]

# The command line.
gives 2 "bad-require: unknown name" "$detect" --require spn
check "with a suggestion" contains "$err" "did you mean snp?"
gives 2 "bad-require: empty" "$detect" --require snp,
gives 2 "bad-argument" "$detect" snp
gives 2 "bad-allow: without --require" "$detect" --allow-simulated
gives 3 "bad-root: no folder" "$detect" --root "$work/none"
gives 0 "this machine" "$detect"
check "has a CPUID or says that it has none" [ "$(field /host/cpuid)" = processor -o "$(uname -m)" != x86_64 ]
run "$detect" --root /
check "its root by name has none" [ "$(field /host/cpuid)" != processor ]
gives 0 "--get" "$detect" --get /proof
check "prints the value" [ "$out" = false ]
run "$detect" -q --require nitrotpm --root "$work/snp"
check "--quiet says it by status alone" [ "$status" -eq 5 -a -z "$out$err" ]

# A forbidden device. Root may use everything, so this needs a node of our own and another user.
begin denied
if [ "$(id -u)" -eq 0 ] && mknod -m 0600 "$root/dev/sev-guest" c 1 3 2>/dev/null && command -v setpriv >/dev/null && chmod 755 "$work" && setpriv --reuid 65534 --regid 65534 --clear-groups test -x "$detect"; then
  run setpriv --reuid 65534 --regid 65534 --clear-groups "$detect" --root "$root"
  check "bad-denied: the guest is found" [ "$(field /findings/0/provider)" = amd_sev_snp ]
  check "but cannot attest" [ "$(field /findings/0/capabilities)" = "[]" ]
  check "with the remedy" contains "$(field /findings/0/problems/0/command)" "setfacl"
else
  skip "bad-denied: a forbidden device" "needs root, mknod and setpriv"
fi

# NVML, as a library of our own on this machine.
if [ -f "$TEE_BUILD/tests/nvml/libnvidia-ml.so.1" ]; then
  gpu() { run env LD_LIBRARY_PATH="$TEE_BUILD/tests/nvml" NVML_STUB="$1" "$detect" --require nvidia; }
  gpu on
  check "GPU in confidential mode" [ "$status" -eq 0 -a "$(field /findings/0/variant)" = CC ]
  check "its facts" [ "$(field /findings/0/details/driver_version)" = 570.86.15 -a "$(field /findings/0/details/gpus/1/architecture)" = Hopper ]
  gpu old; check "by a library without settings" [ "$status" -eq 0 ]
  gpu ppcie; check "GPU in protected PCIe mode" [ "$status" -eq 0 -a "$(field /findings/0/variant)" = "protected PCIe" ]
  gpu not-ready; check "not ready is a problem, not an absence" [ "$status" -eq 0 -a -n "$(field /findings/0/problems/0/what)" ]
  for mode in off devtools simulated no-driver; do gpu $mode; check "bad-$mode: does not count" [ "$status" -eq 5 ]; done
  gpu rude; check "bad-rude: controls in a version" lacks "$out" "$(printf '\033')"
  gpu unended; check "bad-unended: text without an end" [ "$status" -eq 0 ]
  gpu many; check "bad-many: four billion GPUs" [ "$status" -eq 0 ]
else
  skip "GPU modes" "the stand-in for NVML is not built"
fi

# Every report is valid.
if python3 -c 'import jsonschema' 2>/dev/null; then
  for folder in "$work"/*/; do
    [ -d "$folder/proc" ] || continue
    "$detect" --root "$folder" --require any --require snp,tpm 2>/dev/null >"$work/report.json"
    run python3 -c 'import json, sys, jsonschema; jsonschema.Draft7Validator(json.loads(sys.stdin.read())).validate(json.load(open(sys.argv[1])))' "$work/report.json" < <("$detect" --schema)
    check "valid report: $(basename "$folder")" [ "$status" -eq 0 ]
  done
else
  skip "valid reports" "python3-jsonschema is not installed"
fi
