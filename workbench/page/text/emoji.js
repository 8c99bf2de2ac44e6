/** The emoji people and apps use most, by shortcode. */
import { h } from "../dom.js";

const TABLE = `
grinning 😀|smiley 😃|smile 😄|grin 😁|laughing 😆|sweat_smile 😅|joy 😂|rofl 🤣|slightly_smiling_face 🙂|upside_down_face 🙃|wink 😉|blush 😊
innocent 😇|heart_eyes 😍|star-struck 🤩|kissing_heart 😘|yum 😋|stuck_out_tongue 😛|hugging_face 🤗|thinking_face 🤔|thinking 🤔|zipper_mouth_face 🤐|neutral_face 😐|expressionless 😑
no_mouth 😶|smirk 😏|unamused 😒|face_with_rolling_eyes 🙄|grimacing 😬|relieved 😌|pensive 😔|sleepy 😪|sleeping 😴|mask 😷|dizzy_face 😵|exploding_head 🤯|sunglasses 😎
nerd_face 🤓|confused 😕|worried 😟|slightly_frowning_face 🙁|open_mouth 😮|astonished 😲|flushed 😳|cry 😢|sob 😭|scream 😱|disappointed 😞|sweat 😓|weary 😩|tired_face 😫|rage 😡|angry 😠
skull 💀|ghost 👻|robot_face 🤖|robot 🤖|wave 👋|raised_hand ✋|ok_hand 👌|v ✌️|crossed_fingers 🤞|point_left 👈|point_right 👉|point_up ☝️|point_down 👇|thumbsup 👍|+1 👍|thumbsdown 👎|-1 👎
fist ✊|clap 👏|raised_hands 🙌|open_hands 👐|handshake 🤝|pray 🙏|muscle 💪|eyes 👀|eye 👁️|brain 🧠|bust_in_silhouette 👤|busts_in_silhouette 👥|technologist 🧑‍💻|superhero 🦸|shrug 🤷|facepalm 🤦
heart ❤️|orange_heart 🧡|yellow_heart 💛|green_heart 💚|blue_heart 💙|purple_heart 💜|broken_heart 💔|sparkling_heart 💖|100 💯|boom 💥|collision 💥|dizzy 💫|dash 💨|speech_balloon 💬|thought_balloon 💭|zzz 💤
dog 🐶|cat 🐱|mouse 🐭|bug 🐛|ant 🐜|bee 🐝|snail 🐌|turtle 🐢|snake 🐍|octopus 🐙|whale 🐳|unicorn_face 🦄|owl 🦉|penguin 🐧|herb 🌿|four_leaf_clover 🍀|seedling 🌱|evergreen_tree 🌲|cactus 🌵|sunflower 🌻
apple 🍎|pizza 🍕|hamburger 🍔|coffee ☕|tea 🍵|beer 🍺|beers 🍻|wine_glass 🍷|cake 🍰|birthday 🎂|cookie 🍪|popcorn 🍿|tada 🎉|confetti_ball 🎊|balloon 🎈|gift 🎁|trophy 🏆|first_place_medal 🥇|medal 🏅|dart 🎯
earth_africa 🌍|earth_americas 🌎|sunny ☀️|partly_sunny ⛅|cloud ☁️|rain_cloud 🌧️|snowflake ❄️|zap ⚡|fire 🔥|droplet 💧|ocean 🌊|rainbow 🌈|star ⭐|star2 🌟|sparkles ✨|crescent_moon 🌙|umbrella ☔
rocket 🚀|airplane ✈️|car 🚗|ambulance 🚑|fire_engine 🚒|police_car 🚓|bike 🚲|ship 🚢|construction 🚧|rotating_light 🚨|traffic_light 🚦|vertical_traffic_light 🚦|checkered_flag 🏁|triangular_flag_on_post 🚩|waving_white_flag 🏳️|waving_black_flag 🏴
watch ⌚|hourglass ⌛|hourglass_flowing_sand ⏳|alarm_clock ⏰|stopwatch ⏱️|timer_clock ⏲️|clock1 🕐|clock3 🕒|clock9 🕘|calendar 📆|date 📅|spiral_calendar_pad 🗓️|bell 🔔|no_bell 🔕|loudspeaker 📢|mega 📣
iphone 📱|telephone_receiver 📞|phone ☎️|telephone ☎️|pager 📟|computer 💻|desktop_computer 🖥️|keyboard ⌨️|printer 🖨️|battery 🔋|electric_plug 🔌|bulb 💡|flashlight 🔦|satellite 🛰️|satellite_antenna 📡|tv 📺|camera 📷|movie_camera 🎥
email 📧|envelope ✉️|incoming_envelope 📨|inbox_tray 📥|outbox_tray 📤|package 📦|mailbox 📫|memo 📝|pencil 📝|pencil2 ✏️|page_facing_up 📄|page_with_curl 📃|clipboard 📋|file_folder 📁|open_file_folder 📂|card_index_dividers 🗂️|bookmark 🔖|bookmark_tabs 📑
label 🏷️|ticket 🎫|newspaper 📰|books 📚|book 📖|notebook 📓|ledger 📒|scroll 📜|bar_chart 📊|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|paperclip 📎|pushpin 📌|round_pushpin 📍|scissors ✂️|triangular_ruler 📐|straight_ruler 📏|wastebasket 🗑️
lock 🔒|unlock 🔓|key 🔑|closed_lock_with_key 🔐|mag 🔍|mag_right 🔎|link 🔗|hammer 🔨|wrench 🔧|gear ⚙️|hammer_and_wrench 🛠️|nut_and_bolt 🔩|magnet 🧲|test_tube 🧪|microscope 🔬|telescope 🔭|shield 🛡️|crossed_swords ⚔️|scales ⚖️|broom 🧹|toolbox 🧰|compass 🧭
warning ⚠️|no_entry ⛔|no_entry_sign 🚫|x ❌|negative_squared_cross_mark ❎|o ⭕|heavy_check_mark ✔️|white_check_mark ✅|ballot_box_with_check ☑️|heavy_plus_sign ➕|heavy_minus_sign ➖|question ❓|grey_question ❔|exclamation ❗|grey_exclamation ❕|bangbang ‼️|sos 🆘|stop_sign 🛑|octagonal_sign 🛑
red_circle 🔴|large_red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|blue_circle 🔵|large_purple_circle 🟣|large_brown_circle 🟤|white_circle ⚪|black_circle ⚫|large_red_square 🟥|large_orange_square 🟧|large_yellow_square 🟨|large_green_square 🟩|large_blue_square 🟦|large_purple_square 🟪|white_large_square ⬜|black_large_square ⬛|small_red_triangle 🔺|small_red_triangle_down 🔻|large_blue_diamond 🔷|small_blue_diamond 🔹|small_orange_diamond 🔸
arrow_up ⬆️|arrow_down ⬇️|arrow_left ⬅️|arrow_right ➡️|arrow_upper_right ↗️|arrow_lower_right ↘️|leftwards_arrow_with_hook ↩️|arrow_right_hook ↪️|arrows_counterclockwise 🔄|repeat 🔁|back 🔙|soon 🔜|top 🔝|fast_forward ⏩|rewind ⏪|arrow_forward ▶️|black_square_for_stop ⏹️|double_vertical_bar ⏸️|pause_button ⏸️
information_source ℹ️|new 🆕|ok 🆗|up 🆙|cool 🆒|free 🆓|id 🆔|zero 0️⃣|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|keycap_ten 🔟|hash #️⃣|recycle ♻️|infinity ♾️|copyright ©️|registered ®️|tm ™️
house 🏠|office 🏢|hospital 🏥|bank 🏦|factory 🏭|moneybag 💰|credit_card 💳|dollar 💵|chart 💹|briefcase 💼|handbag 👜|mortar_board 🎓|tophat 🎩|crown 👑|gem 💎|ring 💍|game_die 🎲|video_game 🎮|jigsaw 🧩|art 🎨|musical_note 🎵|headphones 🎧|microphone 🎤|ladder 🪜|sleuth_or_spy 🕵️|firefighter 🧑‍🚒|construction_worker 👷`;

export const EMOJI = new Map(
  TABLE.trim()
    .split(/[|\n]/)
    .map((pair) => [pair.slice(0, pair.lastIndexOf(" ")), pair.slice(pair.lastIndexOf(" ") + 1)]),
);

/** The picture for `:name:`, or null when it is not in the table. */
export function emoji(name) {
  const plain = name.replace(/::skin-tone-\d$/, "");
  const picture = EMOJI.get(plain);
  if (!picture) return null;
  return h("span", { class: "emoji", role: "img", "aria-label": plain.replaceAll("_", " "), title: `:${plain}:` }, picture);
}

/** Names that begin with, then names that contain `typed`. */
export function emojiMatches(typed, most = 8) {
  const names = [...EMOJI.keys()];
  const first = names.filter((name) => name.startsWith(typed));
  return [...first, ...names.filter((name) => name.includes(typed) && !name.startsWith(typed))].slice(0, most);
}
