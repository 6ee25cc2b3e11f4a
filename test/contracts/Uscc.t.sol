// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Uscc} from "../../contracts/types/Uscc.sol";

/// @notice The check of GB 32100-2015 against its definition, computed from the alphabet as the standard prints it.
contract UsccTest {
    bytes private constant ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// @dev Weights 3^(i-1) mod 31 as the standard lists them.
    uint8[17] private weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    /// @dev A code with the right check character, its first 17 characters drawn from the seed.
    function _codeFrom(uint256 seed) private view returns (bytes memory code) {
        code = new bytes(18);
        uint256 sum = 0;
        for (uint256 i = 0; i < 17; ++i) {
            uint256 value = (seed >> (8 * i)) % 31;
            code[i] = ALPHABET[value];
            sum += value * weights[i];
        }
        code[17] = ALPHABET[(31 - sum % 31) % 31];
    }

    function _isWellFormed(bytes memory code) private pure returns (bool) {
        return Uscc.wrap(bytes18(code)).isWellFormed();
    }

    function _isInAlphabet(bytes1 character) private pure returns (bool) {
        for (uint256 i = 0; i < ALPHABET.length; ++i) {
            if (ALPHABET[i] == character) return true;
        }
        return false;
    }

    function testFuzz_takesEveryCodeWithTheRightCheckCharacter(uint256 seed) external view {
        require(_isWellFormed(_codeFrom(seed)), "refused");
    }

    /// @dev The weights are units modulo the prime 31, so one changed character always shows.
    function testFuzz_refusesEveryCodeWithOneCharacterChanged(uint256 seed, uint8 place, bytes1 character)
        external
        view
    {
        bytes memory code = _codeFrom(seed);
        uint256 i = place % 18;
        bool isChanged = code[i] != character;
        code[i] = character;
        require(_isWellFormed(code) == !isChanged, "a change went unseen");
    }

    function test_takesAtEveryPlaceTheAlphabetAlone() external view {
        for (uint256 c = 0; c < 256; ++c) {
            bytes1 character = bytes1(uint8(c));
            bool isTakenSomewhere = false;
            for (uint256 check = 0; check < 31; ++check) {
                bytes memory code = _codeFrom(0);
                code[0] = character;
                code[17] = ALPHABET[check];
                if (_isWellFormed(code)) isTakenSomewhere = true;
            }
            require(isTakenSomewhere == _isInAlphabet(character), "alphabet misjudged");
        }
    }
}
